"""`script_relative_path` → an absolute path below the folder of the file that calls it.

Upstream: https://docs.python.org/3/library/os.path.html#os.path.abspath
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The same text, put together by the standard library."""
    if not isinstance(updated, cst.Call) or len(updated.args) != 1 or updated.args[0].star:
        return None
    work.need("os")
    relative = work.text(updated.args[0].value)
    return parsed(f"os.path.abspath(os.path.join(os.path.dirname(__file__), {relative}))")


RULE = Rule(("dagster.script_relative_path",), "value", expression=expression)
