"""A defs module as `dg scaffold` writes it."""

import dagster as dg


@dg.asset
def trips() -> None:
    """All trips."""


# what the loader finds here
@dg.definitions
def defs() -> dg.Definitions:
    trips_job = dg.define_asset_job("trips_job", selection=[trips])

    @dg.schedule(cron_schedule="0 6 * * *", job=trips_job)
    def each_morning():
        return dg.RunRequest()

    return dg.Definitions(assets=[trips], jobs=[trips_job], schedules=[each_morning])
