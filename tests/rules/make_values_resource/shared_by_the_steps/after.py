from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel, Field

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle


@task(cache_policy=NO_CACHE)
def feed(values: Any) -> str:
    return values["day"]


@task(cache_policy=NO_CACHE)
def count(values: Any, day: str) -> int:
    return len(day) * values["times"]


class EveryDayValues(BaseModel, extra="forbid"):
    """Values that steps of `every_day` share."""

    day: str = Field(default="today", description="what to count")
    times: int


@flow(name="every_day", task_runner=ThreadPoolTaskRunner())
def every_day(values_config: Layered[EveryDayValues]) -> State[Any]:
    values_resource = values_config.model_dump(exclude_none=True)

    feed_future = feed.submit(values_resource)
    count_future = count.submit(values_resource, feed_future)
    return settle(feed=feed_future, count=count_future)


class AtOnceValues(BaseModel, extra="forbid"):
    """Values that steps of `at_once` share."""

    day: str = "now"
    times: int = 2


@flow(name="at_once", task_runner=ThreadPoolTaskRunner())
def at_once(
    values_config: Layered[AtOnceValues] = layered(AtOnceValues),  # noqa: B008
) -> State[Any]:
    """All of it has defaults."""
    values_resource = values_config.model_dump(exclude_none=True)

    feed_future = feed.submit(values_resource)
    count_future = count.submit(values_resource, feed_future)
    return settle(feed=feed_future, count=count_future)
