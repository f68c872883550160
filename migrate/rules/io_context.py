"""`InputContext`, `OutputContext` → `IOContext`: whose value it is, of which partition.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name of the class."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.io", "IOContext"))
    return None


RULE = Rule(("dagster.InputContext", "dagster.OutputContext"), "value", expression=expression)
