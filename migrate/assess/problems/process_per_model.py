"""dbt started as a process per model or step: several calls in a row, or one in a loop."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem


def _find(facts: Facts) -> Iterator[Evidence]:
    for found in facts.dbt_findings("batching"):
        yield Evidence(found["file"], found["line"], found["message"])


PROBLEM = Problem(
    heading="performance",
    weight="note",
    title="Paths start dbt several times where fewer calls might do",
    means="Every start imports dbt and reads the project again; in process and in one call that cost is "
    "paid once.",
    lifts="Batch the calls whose boundaries carry no meaning; the converted calls run in process either way.",
    find=_find,
    hours=(0.5, 3),
)
