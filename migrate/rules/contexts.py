"""`context` → what Prefect has instead: the run's logger, a parameter, `prefect.runtime`.

`context.log` is the run logger, `context.partition_key` the parameter `partition_key`,
`context.resources.x` the parameter `x`, `context.op_config` the typed config,
`context.add_output_metadata` asset metadata. What has no counterpart makes its function raise.

Upstream: https://docs.prefect.io/v3/concepts/runtime-context
"""

from __future__ import annotations

from migrate.reading.context_uses import RUN_CONTEXTS
from migrate.rules import Rule

RULE = Rule(
    (
        *RUN_CONTEXTS,
        "dagster.HookContext",
        "dagster.SensorEvaluationContext",
        "dagster.ScheduleEvaluationContext",
    ),
    "value",
)
