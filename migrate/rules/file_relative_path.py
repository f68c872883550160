"""`file_relative_path` → `os.path.join` with the folder of the file.

Upstream: https://docs.python.org/3/library/os.path.html#os.path.join
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
    if not isinstance(updated, cst.Call) or len(updated.args) != 2:
        return None
    work.need("os")
    file, relative = (work.text(arg.value) for arg in updated.args)
    return parsed(f"os.path.join(os.path.dirname({file}), {relative})")


RULE = Rule(("dagster.file_relative_path",), "value", expression=expression)
