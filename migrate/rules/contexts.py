"""`context` → what Prefect has instead: the run's logger, a parameter, `prefect.runtime`.

`context.log` is the run logger, `context.partition_key` the parameter `partition_key`,
`context.resources.x` the parameter `x`, `context.op_config` the typed config,
`context.add_output_metadata` asset metadata. A context that is handed on or kept is a `TaskContext` of the
support module, which has the same names. What has no counterpart makes its function raise.

Upstream: https://docs.prefect.io/v3/concepts/runtime-context
"""

from __future__ import annotations

import libcst as cst

from migrate.reading.context_uses import RUN_CONTEXTS
from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class of a context where it annotates a parameter that keeps one."""
    if isinstance(original, cst.Call):
        return original
    if path in RUN_CONTEXTS:
        return cst.Name(work.need("prefect_support.task_context", "TaskContext"))
    if path == "dagster.DagsterLogManager":
        return cst.parse_expression(f"{work.need('logging')}.LoggerAdapter")
    return None


RULE = Rule(
    (
        *RUN_CONTEXTS,
        "dagster.DagsterLogManager",
        "dagster.HookContext",
        "dagster.SensorEvaluationContext",
        "dagster.ScheduleEvaluationContext",
    ),
    "value",
    expression=expression,
)
