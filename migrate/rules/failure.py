"""`Failure` → an exception of the same name and fields; `allow_retries=False` ends a task for good.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name; its arguments stay."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.failures", "Failure"))
    return None


RULE = Rule(("dagster.Failure",), "value", expression=expression)
