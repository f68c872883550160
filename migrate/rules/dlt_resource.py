"""`DagsterDltResource` → `DltRunner`: dlt's own pipeline, run in the task.

Upstream: https://dlthub.com/docs/general-usage/pipeline
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_dlt.DagsterDltResource",
    "dlt_sources",
    "DltRunner",
    (),
    "dlt's pipeline runs in the task, which has what dlt loaded as its assets' metadata",
    "Give it to pipeline.run in DltRunner.",
)
RULE = replace(RULE, names=(*RULE.names, "dagster_embedded_elt.DagsterDltResource"))
