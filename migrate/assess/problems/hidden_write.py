"""Tables written by what does not make them: an op or asset changes another node's table."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem
from migrate.lineage.tables import OUTSIDE


def _find(facts: Facts) -> Iterator[Evidence]:
    for part in facts.parts:
        for unit in (*part.units, *part.operations):
            for use in facts.tables.uses(part, unit):
                key = facts.tables.key_of(use.table)
                if use.writes and not key.startswith(OUTSIDE) and key not in unit.keys:
                    yield Evidence(use.file, use.line, f"{unit.name} writes {use.table}, which {key} makes")


PROBLEM = Problem(
    heading="dependencies",
    weight="condition",
    title="A table is written by something that does not make it",
    means="Two writers of one table: which one ran last decides what is in it, and no graph says so.",
    lifts="Let one asset own the table, or name the second writer as a step of its own that waits for the "
    "first.",
    find=_find,
    hours=(1, 4),
)
