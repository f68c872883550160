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

    from migrate.config_gate import Waiver

GATE = "waivers"
WAIVABLE = frozenset({"conversion", "equivalence", "parity", "tables", "checks", "budget"})
"""Gates that a waiver may soften. Whether both sides ran on the same input is nobody's to waive."""


@dataclass(frozen=True)
class Grant:
    """A waiver as it stands today, the facts it lets pass, and how many rows or cells those are."""

    waiver: Waiver
    faults: tuple[str, ...]
    covers: tuple[str, ...]
    counted: int = 0

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
    if not waiver.where.replace("*", "").replace("?", "").replace("/", "").strip():
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

    A waiver that would have to cover more than its `at_most` covers nothing at all.

    Returns:
        the words of the waivers for each fact that passes on them, by the fact's number, and every
        waiver as it stands.
    """
    wrong = {number: faults(w, today) for number, w in enumerate(waivers)}
    while True:
        valid = [number for number in wrong if not wrong[number]]
        passing = _assign(facts, waivers, valid)
        used = {number: _use(facts, passing, number) for number in valid}
        overdrawn = {n: limit for n in valid if (limit := waivers[n].at_most) and used[n][1] > limit}
        if not overdrawn:
            break
        for number, limit in overdrawn.items():
            wrong[number] = (f"it would cover {used[number][1]}, and allows {limit} at most",)
    grants = tuple(Grant(w, wrong[n], *used.get(n, ((), 0))) for n, w in enumerate(waivers))
    return {n: _words(waivers, parts) for n, parts in passing.items()}, grants


def _assign(
    facts: Sequence[Fact], waivers: Sequence[Waiver], valid: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """For each fact that passes on waivers: the number of the waiver for each of its parts."""
    passing = {}
    for number, fact in enumerate(facts):
        if not fact.measured or holds(fact.measure, fact.limit, waived=False) or not fact.parts:
            continue
        chosen = [
            next((n for n in valid if waivers[n].gate == fact.gate and covers(waivers[n].where, part)), None)
            for part in fact.parts
        ]
        if None not in chosen:
            passing[number] = tuple(n for n in chosen if n is not None)
    return passing


def _use(
    facts: Sequence[Fact], passing: dict[int, tuple[int, ...]], waiver: int
) -> tuple[tuple[str, ...], int]:
    """The subjects a waiver lets pass, and how many rows or cells in all."""
    subjects, counted = [], 0
    for number, chosen in passing.items():
        if waiver in chosen:
            subjects.append(facts[number].subject)
            counted += sum(facts[number].size(place) for place, given in enumerate(chosen) if given == waiver)
    return tuple(subjects), counted


def _words(waivers: Sequence[Waiver], chosen: tuple[int, ...]) -> str:
    used = [waivers[n] for n in dict.fromkeys(chosen)]
    return "; ".join(f"{w.owner}: {w.reason} (until {w.expires})" for w in used)


def facts(grants: Sequence[Grant]) -> list[Fact]:
    """Facts about the waivers themselves: none may be expired, without an owner, too wide or overdrawn."""
    if not grants:
        return [Fact(GATE, "waivers", "every waiver in force", "no waiver", 0.0, evidence="migration.toml")]
    return [_fact(grant.waiver, grant.faults) for grant in grants]


def _fact(waiver: Waiver, wrong: tuple[str, ...]) -> Fact:
    return Fact(
        GATE,
        f"{waiver.gate} {waiver.where}",
        "a waiver in force",
        "in force" if not wrong else "refused",
        float(len(wrong)),
        detail="; ".join(wrong),
        evidence="migration.toml",
    )
