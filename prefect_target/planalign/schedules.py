"""What starts by itself, in the time of the head office."""

from zoneinfo import ZoneInfo

from prefect import flow

from planalign.partitions import YEARS
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@flow(name="current_year_refresh")
def current_year_refresh() -> int:
    """On the first of the month: the current year once more, if it can be simulated."""
    return launch("current_year_refresh", _current_year_refresh, deployment="simulate_year/simulate_year")


def _current_year_refresh(context: SensorContext) -> RunRequest | SkipReason:
    scheduled = context.scheduled_execution_time.astimezone(ZoneInfo("America/New_York"))
    year = str(scheduled.year)
    if year not in YEARS:
        return SkipReason(f"{year} is not one of {YEARS[0]} to {YEARS[-1]}")
    return RunRequest(
        run_key=f"refresh-{scheduled:%Y-%m}",
        parameters={"partition_key": year},
        tags={"reason": "monthly refresh"},
    )
