"""`DagsterDbtTranslator(settings=DagsterDbtTranslatorSettings(…))` → `NodeNames(settings=NodeSettings(…))`.

Whether dbt tests are checks, and those of sources, is kept; the other settings speak to Dagster's own pages.

Upstream: https://docs.getdbt.com/docs/build/data-tests
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.dagster_dbt_translator import NAMES

KEPT = ("enable_asset_checks", "enable_source_tests_as_checks")
OURS = {"DagsterDbtTranslator": "NodeNames", "DagsterDbtTranslatorSettings": "NodeSettings"}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class, and those of the settings that the target asks."""
    ours = OURS.get(path.rpartition(".")[2])
    if ours is None:
        return None
    if not isinstance(updated, cst.Call):
        return cst.Name(work.need("prefect_support.dbt_naming", ours))
    if ours == "NodeNames":
        return None
    kept = [arg for arg in updated.args if arg.keyword and arg.keyword.value in KEPT]
    kept[-1:] = [arg.with_changes(comma=cst.MaybeSentinel.DEFAULT) for arg in kept[-1:]]
    return updated.with_changes(args=kept)


RULE = Rule((NAMES, f"{NAMES}Settings"), "value", expression=expression)
