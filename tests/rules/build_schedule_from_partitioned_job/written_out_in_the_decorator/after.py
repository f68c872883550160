from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.partition_runs import start_due
from prefect_support.time_windows import daily as prefect_daily


# one a day
ducks_partitions = prefect_daily("2024-01-01")
DucksPartitions = Annotated[str, ducks_partitions]


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    tags=["group:pond"],
    cache_policy=NO_CACHE,
)
def ducks(partition_key: str) -> None:
    print(ducks_partitions.window(partition_key).start)


@materialize(
    Asset(key="asset://birds", properties=AssetProperties(name="birds")),
    asset_deps=["asset://ducks"],
    cache_policy=NO_CACHE,
)
def birds(partition_key: str) -> None:
    print(partition_key)


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily(partition_key: DucksPartitions) -> State[Any]:
    ducks_future = ducks.submit(partition_key)
    birds_future = birds.submit(partition_key, wait_for=[ducks_future])
    return settle(ducks=ducks_future, birds=birds_future)


@flow(name="daily_backfill")
def daily_backfill(
    first: DucksPartitions,
    last: DucksPartitions,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(
        daily, ducks_partitions.between(first, last), state=state, inputs=inputs
    )


@flow(name="daily_schedule")
def every_day() -> int:
    return start_due("daily_schedule", ducks_partitions, deployment="daily/daily")
