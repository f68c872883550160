"""What starts by itself, in the time of the head office."""

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)

from planalign.jobs import multi_year_simulation, simulate_year
from planalign.partitions import YEARS

# Saturday night, so that a wrong assumption is found on Monday and not in the board pack.
weekly_simulation = ScheduleDefinition(
    name="weekly_simulation",
    job=multi_year_simulation,
    cron_schedule="0 2 * * 6",
    execution_timezone="America/New_York",
    run_config={"ops": {"plan_years": {"config": {"start_year": 2025, "end_year": 2030}}}},
    default_status=DefaultScheduleStatus.RUNNING,
    description="The whole horizon, every Saturday at two in the morning.",
)


@schedule(
    job=simulate_year,
    cron_schedule="30 6 1 * *",
    execution_timezone="America/New_York",
)
def current_year_refresh(context: ScheduleEvaluationContext):
    """On the first of the month: the current year once more, if it can be simulated."""
    scheduled = context.scheduled_execution_time
    year = str(scheduled.year)
    if year not in YEARS:
        return SkipReason(f"{year} is not one of {YEARS[0]} to {YEARS[-1]}")
    return RunRequest(
        run_key=f"refresh-{scheduled:%Y-%m}",
        partition_key=year,
        tags={"reason": "monthly refresh"},
    )
