"""Automation conditions and policies, as far as a schedule or an event trigger can stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migrate.reading.constructs import Construct
from migrate.reading.default_conditions import default_of
from migrate.reading.loaded_keys import said_by_translator
from migrate.reading.units import LOADERS
from migrate.reading.values import Called

if TYPE_CHECKING:
    from migrate.model import Model

ARGUMENTS = ("automation_condition", "auto_materialize_policy")


@dataclass(frozen=True)
class Condition:
    """A cron line with its zone, or eager, or neither: `other` says that there is one all the same."""

    cron: str = ""
    timezone: str = "UTC"
    eager: bool = False
    other: bool = False


def condition_of(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Condition:
    """What starts an asset by itself: the condition it is loaded with, which wins, else its own."""
    policy = model.holdings.policies.get(construct.place)
    loaded = [policy.given.get(name) for name in ARGUMENTS] if policy else []
    for given in loaded:
        if given is not None:
            return read(given)
    for name in ARGUMENTS:
        if construct.argument(name) is not None:
            return read(model.project.value(construct, name, None, scope))
    if construct.kind in (*LOADERS, "dbt_assets"):
        said = read(said_by_translator(model, construct))
        return read(default_of(model, construct, scope)) if said == Condition() else said
    return read(default_of(model, construct, scope))


def read(value: Any) -> Condition:
    """The condition that a value is: alone, with a label, or with `~in_progress()` and the like beside it."""
    if value is None:
        return Condition()
    if not isinstance(value, Called):
        return Condition(other=True)
    if value.short in ("on_cron", "cron_tick_passed"):
        cron, zone = value.get("cron_schedule", 0), value.get("cron_timezone", 1)
        known = isinstance(cron, str)
        return Condition(cron, zone if isinstance(zone, str) else "UTC") if known else Condition(other=True)
    if value.short in ("eager", "lazy"):
        return Condition(eager=value.short == "eager", other=value.short == "lazy")
    if value.name in (".with_label", ".without", ".ignore", ".allow", ".replace"):
        return read(value.args[0])
    if value.name == ".BitAnd":
        parts = [read(part) for part in value.args[:2]]
        told = [part for part in parts if part.cron or part.eager]
        return told[0] if len(told) == 1 else Condition(other=True)
    return Condition(other=True)
