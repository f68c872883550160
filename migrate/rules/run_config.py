"""`RunConfig(ops=…)` → the dictionary `{"ops": …}`, which `parameters_of` reads.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The dictionary; as an annotation, a dictionary's type."""
    if isinstance(original, cst.Name | cst.Attribute):
        work.need("typing", "Any")
        return parsed("dict[str, Any]")
    if not isinstance(updated, cst.Call) or any(arg.star for arg in updated.args):
        return None
    given = {a.keyword.value if a.keyword else "ops": a.value for a in updated.args}
    if set(given) - {"ops"}:
        work.unsupported(
            original, f"{', '.join(sorted(set(given) - {'ops'}))} of a RunConfig", "Leave it out."
        )
        return None
    return parsed(f'{{"ops": {work.text(given["ops"]) if given else "{}"}}}')


RULE = Rule(("dagster.RunConfig",), "value", expression=expression)
