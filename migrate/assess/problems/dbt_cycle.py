"""Circular dependencies in dbt: models whose `ref`s lead back to themselves."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem
from migrate.assess.loops import loops


def _find(facts: Facts) -> Iterator[Evidence]:
    for project in facts.subject.dbt_projects:
        edges = [(ref, node.name) for node in project.nodes.values() for ref in node.refs]
        for loop in loops((a, b) for a, b in edges if a in project.nodes):
            yield Evidence(project.nodes[loop[0]].file, 1, " → ".join([*loop, loop[0]]))


PROBLEM = Problem(
    heading="dependencies",
    weight="fix first",
    title="Circular dependencies among dbt's models",
    means="dbt does not compile such a project, under any orchestrator.",
    lifts="Cut the cycle: move what both need into a model of its own, or read last year's table by name.",
    find=_find,
    hours=(2, 8),
)
