"""`create_table_schema_metadata_from_dataframe` → `columns_of`: names and types of a DataFrame's columns.

Prefect's asset metadata is JSON; the names inside are Dagster's.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The call of the support module's function; its one argument may have a name."""
    function = cst.Name(work.need("prefect_support.table_facts", "columns_of"))
    if not isinstance(updated, cst.Call):
        return function
    args = [arg.with_changes(keyword=None, equal=cst.MaybeSentinel.DEFAULT) for arg in updated.args]
    return updated.with_changes(func=function, args=args)


RULE = Rule(("dagster_pandas.create_table_schema_metadata_from_dataframe",), "value", expression=expression)
