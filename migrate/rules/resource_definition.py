"""`ResourceDefinition.hardcoded_resource(x)` → `x`; `none_resource()` → `None`, `mock_resource()` → a mock.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The value itself."""
    if not isinstance(updated, cst.Call):
        return None
    method = path.rpartition(".")[2]
    if method == "hardcoded_resource" and updated.args:
        return updated.args[0].value
    if method == "none_resource":
        return cst.Name("None")
    if method == "mock_resource":
        return parsed(f"{work.need('unittest.mock', 'MagicMock')}()")
    return None


RULE = Rule(("dagster.ResourceDefinition",), "value", expression=expression)
