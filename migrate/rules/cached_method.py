"""`@cached_method` → the same of the target: an answer is kept on the object that gave it.

Upstream: https://docs.python.org/3/library/functools.html#functools.cached_property
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The decorator's name."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    return cst.Name(work.need("prefect_support.cached_methods", "cached_method"))


RULE = Rule(("dagster.cached_method",), "value", expression=expression)
