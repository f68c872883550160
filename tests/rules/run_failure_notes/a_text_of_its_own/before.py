import os

from dagster import Definitions, RunFailureSensorContext
from dagster_slack import make_slack_on_run_failure_sensor


def text(context: RunFailureSensorContext) -> str:
    return context.failure_event.message


def made(channel):
    found = make_slack_on_run_failure_sensor(channel, os.environ["SLACK_TOKEN"])
    return found


told = make_slack_on_run_failure_sensor("#data", os.environ["SLACK_TOKEN"], text_fn=text)
defs = Definitions(sensors=[told])
