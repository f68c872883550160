"""Leave to differ: which waivers are in force, and which facts each of them lets pass.

A scope is what a fact names as wrong, cut at `/`, each piece a glob: `fct_pay/2025/bonus`,
`fct_pay/*/bonus`, or shorter for everything below: `fct_pay`. A fact passes on waivers only when every
single thing that is wrong with it is covered.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

from validation.facts import Fact, holds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from migrate.config import Waiver

GATE = "waivers"
WAIVABLE = frozenset({"conversion", "equivalence", "parity", "checks", "budget"})
"""Gates that a waiver may soften. Whether both sides ran on the same input is nobody's to waive."""


@dataclass(frozen=True)
class Grant:
    """A waiver as it stands today, and the facts it lets pass."""

    waiver: Waiver
    faults: tuple[str, ...]
    covers: tuple[str, ...]

    @property
    def state(self) -> Literal["in use", "unused", "refused"]:
        """Refused when it has faults, unused when nothing needed it."""
        if self.faults:
            return "refused"
        return "in use" if self.covers else "unused"


def faults(waiver: Waiver, today: dt.date) -> tuple[str, ...]:
    """Why a waiver counts for nothing; empty when it is in force."""
    wrong = []
    if waiver.expires < today:
        wrong.append(f"it expired on {waiver.expires}")
    if not waiver.owner.strip():
        wrong.append("it has no owner")
    if not waiver.reason.strip():
        wrong.append("it gives no reason")
    if waiver.gate not in WAIVABLE:
        wrong.append(f"the gate {waiver.gate} cannot be waived (only {', '.join(sorted(WAIVABLE))})")
    if not waiver.scope.replace("*", "").replace("?", "").replace("/", "").strip():
        wrong.append("its scope is everything")
    return tuple(wrong)


def covers(scope: str, part: str) -> bool:
    """Whether a scope covers one thing that is wrong."""
    wanted, given = scope.split("/"), part.split("/")
    return len(wanted) <= len(given) and all(
        fnmatchcase(piece, glob) for piece, glob in zip(given, wanted, strict=False)
    )


def grant(
    facts: Sequence[Fact], waivers: Sequence[Waiver], today: dt.date
) -> tuple[dict[int, str], tuple[Grant, ...]]:
    """Which facts pass on which waivers.

    Returns:
        the words of the waivers for each fact that passes on them, by the fact's number, and every
        waiver as it stands.
    """
    valid = [w for w in waivers if not faults(w, today)]
    passing: dict[int, str] = {}
    used: dict[int, list[str]] = {id(w): [] for w in waivers}
    for number, fact in enumerate(facts):
        if not fact.measured or holds(fact.measure, fact.limit, waived=False):
            continue
        needed = _needed(fact, valid)
        if needed:
            passing[number] = "; ".join(f"{w.owner}: {w.reason} (until {w.expires})" for w in needed)
            for waiver in needed:
                used[id(waiver)].append(fact.subject)
    return passing, tuple(Grant(w, faults(w, today), tuple(used[id(w)])) for w in waivers)


def _needed(fact: Fact, valid: list[Waiver]) -> list[Waiver]:
    needed: list[Waiver] = []
    for part in fact.parts:
        waiver = next((w for w in valid if w.gate == fact.gate and covers(w.scope, part)), None)
        if waiver is None:
            return []
        if waiver not in needed:
            needed.append(waiver)
    return needed


def facts(waivers: Sequence[Waiver], today: dt.date) -> list[Fact]:
    """Facts about the waivers themselves: none may be expired, without an owner, or too wide."""
    if not waivers:
        return [Fact(GATE, "waivers", "every waiver in force", "no waiver", 0.0, evidence="migration.toml")]
    return [_fact(waiver, faults(waiver, today)) for waiver in waivers]


def _fact(waiver: Waiver, wrong: tuple[str, ...]) -> Fact:
    return Fact(
        GATE,
        f"{waiver.gate} {waiver.scope}",
        "a waiver in force",
        "in force" if not wrong else "refused",
        float(len(wrong)),
        detail="; ".join(wrong),
        evidence="migration.toml",
    )
