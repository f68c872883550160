"""`DEFAULT_DATE_FORMAT` and its sisters of Dagster's partitions → the format's text.

Upstream: https://docs.python.org/3/library/datetime.html
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.layout import quoted
from migrate.rewriting.work import Work
from migrate.rules import Rule

FORMATS = {
    "dagster.DEFAULT_DATE_FORMAT": "%Y-%m-%d",
    "dagster.DEFAULT_MONTHLY_FORMAT": "%Y-%m",
    "dagster.DEFAULT_HOURLY_FORMAT_WITH_TIMEZONE": "%Y-%m-%d-%H:%M%z",
    "dagster.DEFAULT_HOURLY_FORMAT_WITHOUT_TIMEZONE": "%Y-%m-%d-%H:%M",
}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The text."""
    return cst.SimpleString(quoted(FORMATS[path])) if path in FORMATS else None


RULE = Rule(tuple(FORMATS), "value", expression=expression)
