from dagster import TimeWindowPartitionsDefinition, asset
from dagster._utils.partitions import DEFAULT_DATE_FORMAT, DEFAULT_HOURLY_FORMAT_WITHOUT_TIMEZONE

days = TimeWindowPartitionsDefinition(
    start="2023-08-23-00:00", cron_schedule="0 0 * * *", fmt=DEFAULT_HOURLY_FORMAT_WITHOUT_TIMEZONE
)


@asset(partitions_def=days)
def gold(context) -> str:
    return context.partition_time_window.start.strftime(DEFAULT_DATE_FORMAT)
