"""What became of a construct: a closed union, exactly one for each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Converted:
    """Same behaviour, nothing to review."""

    note: str = ""


@dataclass(frozen=True)
class Adapted:
    """Runs; `difference` names what is not the same, and its consequence."""

    difference: str


@dataclass(frozen=True)
class Bridged:
    """Still executed by Dagster, behind a Prefect task."""

    reason: str


@dataclass(frozen=True)
class Manual:
    """The target raises at that place; `remedy` says what to do."""

    reason: str
    remedy: str


@dataclass(frozen=True)
class Undeployed:
    """Not reachable from the deployed definitions."""

    reason: str


@dataclass(frozen=True)
class Dropped:
    """Has no meaning in the target."""

    reason: str


Outcome = Converted | Adapted | Bridged | Manual | Undeployed | Dropped


def disposition(outcome: Outcome) -> str:
    """The word of an outcome in conversion.json."""
    return type(outcome).__name__.lower()
