from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.sensors import (
    RunRequest,
    SensorContext,
    SkipReason,
    launch,
    parameters_of,
)


class Span(BaseModel, extra="forbid"):
    start: str = ""


@task(cache_policy=NO_CACHE)
def load(config: Span) -> None:
    print(config.start)


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily(
    load_config: Layered[Span] = layered(Span),  # noqa: B008
) -> State[Any]:
    load_future = load.submit(load_config)
    return settle(load=load_future)


def always(context) -> bool:
    return True


# each morning
@flow(name="configured")
def configured() -> int:
    return launch("configured", _configured, deployment="daily/daily")


def _configured(context: SensorContext) -> RunRequest:
    def day_before():
        when = context.scheduled_execution_time.astimezone(ZoneInfo("Asia/Bishkek"))
        if when.month == 1:
            return {}
        return {"ops": {"load": {"config": {"start": (when - timedelta(days=1)).date().isoformat()}}}}
    return RunRequest(parameters=parameters_of(day_before()), tags={"kind": "daily"})


@flow(name="asked")
def asked() -> int:
    return launch("asked", _asked, deployment="daily/daily")


def _asked(context: SensorContext) -> RunRequest | SkipReason:
    def is_weekday():
        return context.scheduled_execution_time.weekday() < 5
    if not is_weekday():
        return SkipReason("should_execute function for asked returned false.")
    return RunRequest(parameters={"load_config": {"start": "now"}}, tags={"hour": str(context.scheduled_execution_time.hour)})


@flow(name="daily_schedule")
def freely() -> int:
    return launch("daily_schedule", _freely, deployment="daily/daily")


def _freely(context: SensorContext) -> RunRequest | SkipReason:
    if not always(context):
        return SkipReason("should_execute function for freely returned false.")
    return RunRequest(tags={"why": "always"})


@flow(name="monthly")
def monthly() -> int:
    """Not in January."""
    return launch("monthly", _monthly, deployment="daily/daily")


def _monthly(context: SensorContext) -> Iterator[RunRequest | SkipReason]:
    if context.scheduled_execution_time.month == 1:
        yield SkipReason("not in January")
    else:
        yield RunRequest(tags={"why": "a month has begun"})


@flow(name="again")
def again() -> int:
    return launch("again", _again, deployment="daily/daily")


def _again(context: SensorContext) -> RunRequest | SkipReason:
    def is_weekday():
        return context.scheduled_execution_time.weekday() < 5
    if not is_weekday():
        return SkipReason("should_execute function for again returned false.")
    return RunRequest()
