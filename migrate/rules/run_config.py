"""`RunConfig(ops=…, resources=…)`, also `.to_config_dict()` → the dictionary that `parameters_of` reads.

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
    more = sorted(set(given) - {"ops", "resources"})
    if more:
        work.unsupported(original, f"{', '.join(more)} of a RunConfig", "Leave it out.")
        return None
    given = given or {"ops": cst.Dict([])}
    return parsed("{" + ", ".join(f'"{name}": {work.text(value)}' for name, value in given.items()) + "}")


def method(work: Work, name: str, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """`.to_config_dict()`: it is a dictionary already."""
    return (
        updated.func.value if name == "to_config_dict" and isinstance(updated.func, cst.Attribute) else None
    )


RULE = Rule(("dagster.RunConfig",), "value", expression=expression, method=method)
