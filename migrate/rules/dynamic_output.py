"""`DynamicOutput(value, mapping_key)` → its value, at the edge of an op or in a generator that ops hand on.

The values are gathered in a list that the task returns, and the flow starts a task for each; the mapping key
names nothing in Prefect. A generator of the project that makes them for ops yields the values: all that call
it must hand on each item, else it is refused.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.dynamic_helpers import handed_on
from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The value, or the type of it, in a generator that ops hand on; the rule of ops does the others."""
    if id(original) not in handed_on(work).made:
        return None
    if isinstance(updated, cst.Call):
        named = {a.keyword.value: a.value for a in updated.args if a.keyword}
        return named.get("value", updated.args[0].value)
    if isinstance(updated, cst.Subscript) and isinstance(updated.slice[0].slice, cst.Index):
        return updated.slice[0].slice.value
    return cst.Name(work.need("typing", "Any"))


RULE = Rule(("dagster.DynamicOutput",), "value", expression=expression)
