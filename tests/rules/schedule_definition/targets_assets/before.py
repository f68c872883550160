import dagster as dg


@dg.asset
def raw() -> None:
    """As it comes."""


@dg.asset(deps=[raw])
def clean() -> None:
    """As it should be."""


nightly = dg.ScheduleDefinition(name="nightly", cron_schedule="0 1 * * *", target="*")
hourly = dg.ScheduleDefinition(
    job=dg.define_asset_job("clean_job", selection=dg.AssetSelection.assets(clean)),
    cron_schedule=["0 * * * *", "30 * * * *"],
    tags={"team": "core"},
)
