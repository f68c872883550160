"""`backoff`, `exponential_delay_generator` → the same of the target: tried again after growing pauses.

Upstream: https://docs.python.org/3/library/time.html#time.sleep
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The function's name."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    return cst.Name(work.need("prefect_support.backoffs", path.rsplit(".", 1)[-1]))


NAMES = ("backoff", "exponential_delay_generator")
PACKAGES = ("dagster", "dagster_shared")
RULE = Rule(
    tuple(f"{package}.{name}" for package in PACKAGES for name in NAMES), "value", expression=expression
)
