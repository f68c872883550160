"""`TableMetadataSet(table_name=…)` → a dictionary with the names that metadata of tables has.

What is None is left out, as when Dagster's set is made a dictionary.

Upstream: https://docs.python.org/3/library/stdtypes.html#dict
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The function's name."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    return cst.Name(work.need("prefect_support.table_facts", "table_facts"))


RULE = Rule(("dagster.TableMetadataSet",), "value", expression=expression)
