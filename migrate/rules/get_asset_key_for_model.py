"""`get_asset_key_for_model` → the text of the model's key, looked up when converting.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.keys import from_expression
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The key as text."""
    if isinstance(updated, cst.Call) and len(updated.args) == 2:
        return parsed(from_expression(work, updated.args[1].value))
    return None


RULE = Rule(
    ("dagster_dbt.get_asset_key_for_model", "dagster_dbt.get_asset_key_for_source"),
    "value",
    expression=expression,
)
