"""`build_*_freshness_checks`, `build_*_checks` → manual: a check that nobody wrote a function for.

A freshness check fails when an asset is late, so it has to run when nothing else does. Prefect has an
automation that fires when an event stays away; the remedy says for which event.

Upstream: https://docs.prefect.io/v3/concepts/automations
"""

from __future__ import annotations

from migrate.rules import Rule

LATE = (
    "Until then nothing tells when these assets are late: make an automation with a Proactive "
    "EventTrigger on prefect.asset.materialization.succeeded of each key, within the same time."
)

REMEDIES = {
    "dagster.build_time_partition_freshness_checks": LATE,
    "dagster.apply_freshness_policy": LATE,
    "dagster_cloud.build_anomaly_detection_freshness_checks": LATE,
    "dagster_cloud.anomaly_detection": LATE,
    "dagster_dbt.build_freshness_checks_from_dbt_assets": (
        "Run `dbt source freshness` in a @task on a schedule; dbt reads the same settings."
    ),
}

RULE = Rule(tuple(REMEDIES), "value", remedies=REMEDIES)
