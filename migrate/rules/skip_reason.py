"""`SkipReason` → a line in the log of the polling flow.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.sensors", "SkipReason"))
    return None


RULE = Rule(("dagster.SkipReason",), "value", expression=expression)
