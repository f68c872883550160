from datetime import timedelta

import dagster as dg
from dagster import AutoMaterializePolicy, AutomationCondition, FreshnessPolicy

soon = FreshnessPolicy.time_window(fail_window=timedelta(hours=36))
nightly = AutomationCondition.on_cron("0 2 * * *", cron_timezone="Europe/Berlin")


@dg.asset(automation_condition=nightly, freshness_policy=soon)
def raw() -> None:
    """As it comes."""


@dg.asset(deps=[raw], automation_condition=dg.AutomationCondition.eager() & ~dg.AutomationCondition.in_progress())
def clean() -> None:
    """As it should be."""


@dg.asset(deps=[clean], auto_materialize_policy=AutoMaterializePolicy.eager())
def report() -> None:
    """For everybody."""


@dg.asset(automation_condition=dg.AutomationCondition.on_missing(), backfill_policy=dg.BackfillPolicy.single_run())
def odd() -> None:
    """Once."""


@dg.asset
def alone() -> None:
    """Nobody asks for it."""


@dg.asset(partitions_def=dg.DailyPartitionsDefinition("2024-01-01"))
def daily_one(context) -> None:
    print(context.partition_key)


defs = dg.Definitions(assets=[raw, clean, report, odd, alone, daily_one])
