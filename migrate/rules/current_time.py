"""`get_current_datetime`, `get_current_timestamp` of Dagster's own code → the clock, in UTC.

Upstream: https://docs.python.org/3/library/datetime.html#datetime.datetime.now
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """`datetime.now(timezone.utc)`, or the seconds since 1970."""
    if not isinstance(original, cst.Call):
        return None
    moment, utc = work.need("datetime", "datetime"), work.need("datetime", "timezone")
    seconds = ".timestamp()" if path.endswith("timestamp") else ""
    return parsed(f"{moment}.now({utc}.utc){seconds}")


RULE = Rule(("dagster.get_current_datetime", "dagster.get_current_timestamp"), "value", expression=expression)
