"""dbt variables that Python passes and no file of the dbt project reads."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem


def _find(facts: Facts) -> Iterator[Evidence]:
    for found in facts.dbt_findings("unread var"):
        yield Evidence(found["file"], found["line"], found["message"])


PROBLEM = Problem(
    heading="dbt",
    weight="condition",
    title="Variables are passed to dbt and never read",
    means="Whoever sets such a parameter believes that it changes the result.",
    lifts="Read the variable in a model, or stop passing it.",
    find=_find,
    hours=(0.25, 2),
)
