"""`RetryRequested` → an exception that asks for a retry; the task names how often, and waits as long.

Only this exception is tried again then, as before; with a retry policy on top, every exception is.

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
        return cst.Name(work.need("prefect_support.failures", "RetryRequested"))
    return None


RULE = Rule(("dagster.RetryRequested",), "value", expression=expression)
