"""The order of work: units that can move alone, leaves first, each with what would notice if it broke.

A unit is a function with all it makes, since its assets move together; units that need one another are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.assess.loops import components

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from migrate.assess.facts import Facts


@dataclass(frozen=True)
class Step:
    """A unit that moves alone. `radius` are the nodes downstream that would notice; `wave` counts from 1."""

    wave: int
    name: str
    makes: tuple[str, ...]
    needs: tuple[str, ...]
    radius: int
    checks: int
    file: str
    line: int


def order_of(facts: Facts) -> tuple[Step, ...]:
    """Every deployed unit, those that nobody needs first."""
    graph = facts.lineage
    owner = {key: f"{u.construct.file}:{u.name}" for key, u in facts.places.items()}
    units = {f"{u.construct.file}:{u.name}": u for u in facts.places.values()}
    edges = {
        (owner[e.source], owner[e.target])
        for e in graph.edges
        if e.kind != "check" and e.source in owner and e.target in owner
    }
    below: dict[str, list[str]] = {name: [] for name in units}
    for source, target in sorted(edges):
        if source != target:
            below[source].append(target)
    parts = components(below)
    wave = _waves(parts, below)
    found = []
    for number, part in enumerate(parts):
        made = {k for k, name in owner.items() if name in part}
        down = graph.walk(made, up=False, years=False) - made
        own_checks = sum(e.kind == "check" for k in made for e in graph.below.get(k, ()))
        first = units[part[0]].construct
        needs = sorted({units[s].name for s, t in edges if t in part and s not in part})
        found.append(
            Step(
                wave=wave[number],
                name=" + ".join(units[name].name for name in part),
                makes=tuple(sorted(made)),
                needs=tuple(needs),
                radius=sum(graph.nodes[n].kind != "check" for n in down),
                checks=own_checks,
                file=first.file,
                line=first.line,
            )
        )
    return tuple(sorted(found, key=lambda s: (s.wave, s.radius, s.name)))


def _waves(parts: Sequence[Sequence[str]], below: Mapping[str, Sequence[str]]) -> list[int]:
    """The wave of each part; parts come after all that need them."""
    part_of: dict[str, int] = {}
    waves = list[int]()
    for number, part in enumerate(parts):
        part_of.update(dict.fromkeys(part, number))
        after = [waves[part_of[t]] for name in part for t in below[name] if part_of[t] != number]
        waves.append(1 + max(after, default=0))
    return waves
