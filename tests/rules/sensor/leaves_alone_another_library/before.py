"""Spelled like dagster's, and another library's."""

from warehouse import sensor


@sensor(job="daily")
def watch(context):
    yield context.cursor
