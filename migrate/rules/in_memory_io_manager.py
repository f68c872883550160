"""`InMemoryIOManager`, `mem_io_manager` → nothing: a value is handed from task to task as an argument.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """A resource that nobody asks for any more."""
    return cst.Name("None") if isinstance(updated, cst.Call) or path.endswith("mem_io_manager") else None


RULE = Rule(("dagster.InMemoryIOManager", "dagster.mem_io_manager"), "value", expression=expression)
