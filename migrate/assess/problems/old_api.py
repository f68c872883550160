"""Outdated and removed Dagster APIs, each with its upgrade path.

Upstream: https://docs.dagster.io/migration/upgrading
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem
from migrate.assess.upgrades import ARGUMENTS, NAMES


def _find(facts: Facts) -> Iterator[Evidence]:
    for _, module in facts.modules():
        bound = {}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                bound.update({a.asname or a.name: a.name for a in node.names if a.name.startswith("dagster")})
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dagster"):
                for alias in node.names:
                    if alias.name in NAMES:
                        yield Evidence(module.file, node.lineno, f"{alias.name} {NAMES[alias.name]}")
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in bound
            ) and node.attr in NAMES:
                yield Evidence(module.file, node.lineno, f"{node.attr} {NAMES[node.attr]}")
    for part in facts.parts:
        for construct in part.model.project.constructs.values():
            for argument in construct.arguments:
                said = ARGUMENTS.get((construct.kind, argument.name)) or ARGUMENTS.get(("*", argument.name))
                if said:
                    yield Evidence(
                        construct.file, argument.line, f"{construct.kind}({argument.name}=) {said}"
                    )


PROBLEM = Problem(
    heading="complexity",
    weight="note",
    title="Uses of outdated or removed Dagster APIs",
    means="What is removed does not load on a newer Dagster, so the two sides may not share an "
    "interpreter; what is outdated converts from the old spelling and would be written otherwise "
    "today.",
    lifts="Take the upgrade path that is named, or pin the legacy's Dagster and give it an interpreter of "
    "its own.",
    find=_find,
    hours=(0.1, 0.5),
)
