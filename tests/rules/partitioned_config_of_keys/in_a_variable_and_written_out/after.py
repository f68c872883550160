from typing import Annotated, Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.partitioned_configs import stated, step_config
from prefect_support.partitions import partition_of
from prefect_support.time_windows import daily

days = daily("2024-01-01")
Days = Annotated[str, days]


class Source(BaseModel, extra="forbid"):
    bucket: str
    size: int = 1


@materialize(
    Asset(key="asset://raw/events", properties=AssetProperties(name="events")),
    cache_policy=NO_CACHE,
)
def events(config: Source) -> list[str]:
    return [config.bucket] * config.size


def of_a_day(partition_key: str):
    return {"ops": {"raw__events": {"config": {"bucket": f"s3://events/{partition_key}"}}}}


@flow(name="all_events", task_runner=ThreadPoolTaskRunner())
def all_events(partition_key: Days) -> State[Any]:
    run_config = stated(of_a_day(partition_key), ["raw__events"])
    events_future = events.submit(step_config(run_config, "raw__events", Source))
    return settle(events=events_future)


@flow(name="all_events_backfill")
def all_events_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(all_events, days.between(first, last), state=state, inputs=inputs)


@flow(name="same_events", task_runner=ThreadPoolTaskRunner())
def same_events(partition_key: Days) -> State[Any]:
    run_config = stated(of_a_day(partition_key), ["raw__events"])
    events_future = events.submit(step_config(run_config, "raw__events", Source))
    return settle(events=events_future)


@flow(name="same_events_backfill")
def same_events_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(same_events, days.between(first, last), state=state, inputs=inputs)


def of_a_team(partition_key: str):
    return {"ops": {"greet": {"config": {"team": partition_key}}}}


class GreetConfig(BaseModel, extra="forbid"):
    """Config of `greet`."""

    team: str


@task(cache_policy=NO_CACHE)
def greet(config: GreetConfig) -> str:
    return config.team


@flow(name="greetings", task_runner=ThreadPoolTaskRunner())
def greetings(
    partition_key: Annotated[str, partition_of(["red", "blue"])]
) -> State[Any]:
    run_config = stated(of_a_team(partition_key), ["greet"])
    greet_future = greet.submit(step_config(run_config, "greet", GreetConfig))
    return settle(greet=greet_future)
