"""`AssetCheckSeverity` → `Severity`.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name, or its member."""
    if isinstance(original, cst.Name | cst.Attribute):
        name = work.need("prefect_support.validations", "Severity")
        member = path.removeprefix("dagster.AssetCheckSeverity")
        return parsed(f"{name}{member}")
    return None


RULE = Rule(("dagster.AssetCheckSeverity",), "value", expression=expression)
