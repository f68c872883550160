"""Two ways to the same models that pass different variables: which one ran last decides."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem


def _find(facts: Facts) -> Iterator[Evidence]:
    for found in facts.dbt_findings("different vars"):
        yield Evidence(found["file"], found["line"], found["message"])


PROBLEM = Problem(
    heading="dbt",
    weight="condition",
    title="Pairs of paths make the same models with different variables",
    means="The same table has two meanings. The dual run must take the path that production takes.",
    lifts="Make the variables in one place, or name the path that counts in migration.toml ([legacy] job).",
    find=_find,
    hours=(1, 4),
)
