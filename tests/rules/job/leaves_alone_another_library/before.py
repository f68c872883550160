"""Spelled like dagster's, and another library's."""

from warehouse import job


@job
def everything():
    print("a job of cron")
