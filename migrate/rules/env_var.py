"""`EnvVar` → `os.environ`, read when the resource is built.

Upstream: https://docs.python.org/3/library/os.html#os.environ
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The variable's value; `.int` converts it."""
    if not isinstance(updated, cst.Call) or not updated.args:
        return None
    work.need("os")
    read = f"os.environ[{work.text(updated.args[0].value)}]"
    return parsed(f"int({read})" if path.endswith(".int") else read)


RULE = Rule(("dagster.EnvVar",), "value", expression=expression)
