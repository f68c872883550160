"""`make_values_resource` of a job → a config of its flow, handed to the tasks as a dictionary.

`resource_defs={"globals": make_values_resource(day=Field(str, default_value="today"))}` becomes the model
of a parameter `globals_config`. In `Definitions`, where a run's config could change them, it is refused.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/write-and-run#flow-parameters
"""

from __future__ import annotations

from migrate.rules import Rule

RULE = Rule(
    ("dagster.make_values_resource",),
    "value",
    remedies={"dagster.make_values_resource": "Make it a parameter of the flows that use it."},
)
