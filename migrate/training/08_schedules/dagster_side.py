"""A schedule and a sensor, in Dagster. `python dagster_side.py` runs both by hand."""

import datetime as dt
import json
import os
import tempfile
from pathlib import Path

import dagster as dg
from dagster._utils.schedules import schedule_execution_time_iterator  # what Dagster's daemon uses

INBOX = Path(os.environ.get("INBOX") or tempfile.mkdtemp())


@dg.op(config_schema={"file": str})
def read(context: dg.OpExecutionContext) -> None:
    context.log.info(context.op_config["file"])


@dg.job
def report():
    read()


# Half past six on working days in New York: an hour earlier in UTC once summer time has begun.
every_morning = dg.ScheduleDefinition(
    job=report, cron_schedule="30 6 * * 1-5", execution_timezone="America/New_York"
)


# Called every minute. The cursor is what Dagster remembers for it between two calls.
@dg.sensor(job=report, minimum_interval_seconds=60)
def inbox(context: dg.SensorEvaluationContext):
    names = sorted(file.name for file in INBOX.iterdir())
    new = [name for name in names if name > (context.cursor or "")]
    for name in new:
        yield dg.RunRequest(run_config={"ops": {"read": {"config": {"file": name}}}})
    if new:
        context.update_cursor(new[-1])


defs = dg.Definitions(jobs=[report], schedules=[every_morning], sensors=[inbox])


def ticks(count: int) -> list[str]:
    start = dt.datetime(2026, 3, 6, tzinfo=dt.UTC).timestamp()
    found = schedule_execution_time_iterator(
        start, every_morning.cron_schedule, every_morning.execution_timezone
    )
    return [next(found).astimezone(dt.UTC).isoformat() for _ in range(count)]


def calls(*arrivals: list[str]) -> list[list[str]]:
    """What the sensor asks for at each call, with new files before each."""
    asked, cursor = [], None
    for names in arrivals:
        for name in names:
            (INBOX / name).write_text("")
        context = dg.build_sensor_context(cursor=cursor)
        requests = inbox.evaluate_tick(context).run_requests
        asked.append([request.run_config["ops"]["read"]["config"]["file"] for request in requests])
        cursor = context.cursor
    return asked


if __name__ == "__main__":
    print(json.dumps({"ticks": ticks(5), "calls": calls(["a", "b"], [], ["c"])}))
