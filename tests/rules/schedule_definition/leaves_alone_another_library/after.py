"""Spelled like dagster's, and another library's."""

from warehouse import ScheduleDefinition

nightly = ScheduleDefinition(job="daily", cron_schedule="0 0 * * *")
