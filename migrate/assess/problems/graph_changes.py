"""dbt graphs that change with a variable: a `ref`, `source` or table name that only one branch asks for."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem

ASKS = ("ref", "source", "get_relation", "load_relation")


def _find(facts: Facts) -> Iterator[Evidence]:
    for _, node in facts.models:
        always = {(c.name, c.words) for c in node.calls if not c.under}
        for call in node.calls:
            if call.name in ASKS and call.under and (call.name, call.words) not in always:
                what = ".".join(call.words)
                said = f"{node.name} needs {what} or not, by {', '.join(call.under)}"
                yield Evidence(node.file, call.line, said)


PROBLEM = Problem(
    heading="dbt",
    weight="condition",
    title="Dependencies of dbt's models change with a variable",
    means="One manifest is not the graph of every year: whatever is read from the first year's is wrong "
    "for the others.",
    lifts="Keep a manifest for each set of variables (the converted project does, `dbt_manifests.py`), and"
    " verify two.",
    find=_find,
    hours=(0.5, 2),
)
