"""`op.configured(…)`, `configured(op)(…)` → the op's config, written where a flow submits the op.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.invocations import Invocations
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """Nothing: the flows that use it hand the config over."""
    small = updated.body[0]
    value = small.value if isinstance(small, cst.Assign | cst.AnnAssign) else None
    if not isinstance(value, cst.Call) or Invocations(work, work.file.module, {}).of(value) is None:
        outcome = Manual("its config cannot be told by reading", "Hand the config over in the flow.")
        return refused_statement(work, construct, updated, outcome)
    work.done(construct, Converted("the flows that use it hand its config over"))
    return []


RULE = Rule(
    ("dagster.OpDefinition.configured", "dagster.configured"),
    "call",
    frozenset({"0", "1", "name", "config_or_config_fn", "config_schema", "description"}),
    statement=statement,
)
