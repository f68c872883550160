"""Modules that a package of the same name hides: `reports.py` beside `reports/`. No import reaches them."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem


def _find(facts: Facts) -> Iterator[Evidence]:
    for part in facts.parts:
        for file in part.model.project.python.values():
            if file.shadowed:
                said = (
                    f"the package {file.module} beside it wins; {len(file.constructs)} constructs never load"
                )
                yield Evidence(file.path, 0, said)


PROBLEM = Problem(
    heading="operations",
    weight="condition",
    title="Modules are hidden by a package of the same name",
    means="What is mended in such a file changes nothing, and its constructs do not exist for Dagster.",
    lifts="Rename or delete the file, after comparing it with the package that is really loaded.",
    find=_find,
    hours=(0.25, 1),
)
