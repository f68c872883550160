"""`AssetsDefinition.from_graph`, `AssetsDefinition.from_op` → `@materialize` around its ops as tasks.

Keys, prefix, group and partitions are read, as those of `@graph_asset`; a call that says more is manual.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

REMEDY = "Write it as a function below @graph_asset, or @asset for a single op, and convert again."


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """A function of the same name that raises."""
    return refused_statement(work, construct, updated, Manual("its assets are not read", REMEDY))


RULE = Rule(
    ("dagster.AssetsDefinition.from_graph", "dagster.AssetsDefinition.from_op"), "call", statement=statement
)
