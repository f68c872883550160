"""dbt variables that a model reads, nothing passes and nothing defaults: the model does not compile."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem


def _find(facts: Facts) -> Iterator[Evidence]:
    for found in facts.dbt_findings("missing var"):
        file, _, line = str(found["places"][0]).rpartition(":")
        yield Evidence(file, int(line), found["message"])


PROBLEM = Problem(
    heading="dbt",
    weight="fix first",
    title="Variables are read by models and never passed",
    means="dbt stops at these models, under any orchestrator.",
    lifts="Pass the variable, or give it a default in dbt_project.yml.",
    find=_find,
    hours=(0.25, 1),
)
