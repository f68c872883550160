"""`dagster._check` → a module of the target: `check.not_none(x)` is `not_none(x)`, and raises likewise.

Dagster never meant its own argument checks for others, who use them all the same. What each returns and when
it raises is the same; the exceptions are `CheckError`, and `ParameterCheckError` where an argument is named.

Upstream: https://docs.python.org/3/library/functions.html#isinstance
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule

NAMES = (
    *(
        "not_none",
        "not_none_param",
        "invariant",
        "failed",
        "inst",
        "opt_inst",
        "inst_param",
        "opt_inst_param",
    ),
    *("str_param", "opt_str_param", "int_param", "bool_param", "CheckError", "ParameterCheckError"),
)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The function of the same name."""
    if isinstance(original, cst.Call):
        return None
    return cst.Name(work.need("prefect_support.argument_checks", path.rsplit(".", 1)[-1]))


RULE = Rule(tuple(f"dagster.{name}" for name in NAMES), "value", expression=expression)
