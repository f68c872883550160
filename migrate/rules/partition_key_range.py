"""`PartitionKeyRange` → `KeyRange`: from one key to another, both included.

Upstream: https://docs.python.org/3/library/typing.html#typing.NamedTuple
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The name of the class; its arguments are the same."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.key_ranges", "KeyRange"))
    return None


RULE = Rule(("dagster.PartitionKeyRange",), "value", expression=expression)
