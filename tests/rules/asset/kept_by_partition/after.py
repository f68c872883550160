from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.partitions import partition_of
from prefect_support.pickled_files import PickledFiles
from prefect_support.time_windows import daily

days = daily("2026-01-01")
Days = Annotated[str, days]
sides = partition_of(["left", "right"])
Sides = Annotated[str, sides]


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(partition_key: str) -> list[int]:
    return store(PickledFiles(), "asset://orders", [1, 2], partition_key)


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def counted(orders: list[int]) -> int:
    return len(orders)


@materialize(
    Asset(key="asset://sided", properties=AssetProperties(name="sided")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def sided(orders) -> int:
    return len(orders)


@flow(name="made", task_runner=ThreadPoolTaskRunner())
def made(partition_key: Days) -> State[Any]:
    orders_future = orders.submit(partition_key)
    return settle(orders=orders_future)


@flow(name="made_backfill")
def made_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(made, days.between(first, last), state=state, inputs=inputs)


@flow(name="counting", task_runner=ThreadPoolTaskRunner())
def counting(partition_key: Days) -> State[Any]:
    counted_future = counted.submit(
        load(PickledFiles(), "asset://orders", partition_key)
    )
    return settle(counted=counted_future)


@flow(name="counting_backfill")
def counting_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(counting, days.between(first, last), state=state, inputs=inputs)


def siding(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:27: define_asset_job siding: sided reads other partitions of "
        "orders, which this job does not make. Write the flow by hand."
    )
