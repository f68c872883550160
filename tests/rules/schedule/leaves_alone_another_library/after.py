"""Spelled like dagster's, and another library's."""

from warehouse import schedule


@schedule(cron_schedule="0 0 * * *")
def nightly(context):
    return context.scheduled_execution_time
