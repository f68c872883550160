from datetime import datetime

import dagster as dg
from dagster import ScheduleType, TimeWindowPartitionsDefinition

START = "2024-01-01"

# one a day, in Berlin
days = dg.DailyPartitionsDefinition(start_date=START, timezone="Europe/Berlin", end_offset=1)
hours: dg.HourlyPartitionsDefinition = dg.HourlyPartitionsDefinition("2024-01-01-00:00", minute_offset=15)
weeks = dg.WeeklyPartitionsDefinition(START, "2024-12-30", day_offset=1)
months = dg.MonthlyPartitionsDefinition(start_date=datetime(2024, 1, 1), fmt="%Y-%m", hour_offset=3)
workdays = TimeWindowPartitionsDefinition(cron_schedule="0 0 * * 1-5", start=START, fmt="%Y-%m-%d")
quiet = TimeWindowPartitionsDefinition(START, "%Y-%m-%d", schedule_type=ScheduleType.DAILY)


def months_since(start: str) -> dg.MonthlyPartitionsDefinition:
    return dg.MonthlyPartitionsDefinition(start_date=start)


@dg.asset(partitions_def=days)
def sales(context: dg.AssetExecutionContext) -> None:
    """The sales of a day."""
    start, end = context.partition_time_window
    context.log.info("%s to %s, %s before", start, end, days.get_last_partition_key())


@dg.asset(partitions_def=dg.WeeklyPartitionsDefinition(start_date=START))
def visits(context) -> None:
    """The visits of a week."""
    print(context.partition_key)


sales_job = dg.define_asset_job("sales_job", selection=[sales], partitions_def=days)
visits_job = dg.define_asset_job("visits_job", selection=[visits])
