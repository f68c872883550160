"""Keys, dependencies, outputs, selections and ticks that reading cannot tell."""

import dagster as dg

from shop.where import hour, tables

first, *_ = tables()
last = tables()[-1]


@dg.asset(key=[first, "raw"], group_name=f"group_{first}")
def raw() -> None:
    """The first table."""


@dg.asset(deps=[dg.AssetKey([first, "raw"])], key_prefix=last)
def summary() -> None:
    """Of the first table."""


specs = [dg.AssetSpec(["marts", name], deps=[summary], group_name="marts") for name in tables()]


@dg.multi_asset(specs=specs)
def marts():
    for name in tables():
        yield dg.MaterializeResult(asset_key=["marts", name])


@dg.asset_check(asset=dg.AssetKey([first, "raw"]), blocking=True)
def raw_is_there() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


@dg.asset(group_name="reports", tags={"tier": "gold"})
def report() -> None:
    """Told by reading: it stays as it is written."""


chosen = [dg.AssetKey(["marts", name]) for name in tables()]
marts_job = dg.define_asset_job("marts_job", selection=dg.AssetSelection.assets(*chosen).upstream())
unchecked = dg.define_asset_job("unchecked", dg.AssetSelection.assets([first, "raw"]).without_checks())
report_job = dg.define_asset_job("report_job", selection=dg.AssetSelection.groups("reports"))

jobs = {job.name: job for job in (marts_job, unchecked, report_job)}

nightly = dg.ScheduleDefinition(name="nightly", job=jobs["marts_job"], cron_schedule=f"0 {hour()} * * *")


@dg.schedule(job=jobs["report_job"], cron_schedule=f"30 {hour()} * * 1", execution_timezone="Europe/Berlin")
def weekly(context):
    return dg.RunRequest(run_key=context.scheduled_execution_time.isoformat())


@dg.sensor(job=jobs["unchecked"], minimum_interval_seconds=60)
def files(context):
    return dg.SkipReason("nothing new")


defs = dg.Definitions(
    assets=[raw, summary, marts, report],
    asset_checks=[raw_is_there],
    jobs=list(jobs.values()),
    schedules=[nightly, weekly],
    sensors=[files],
)
