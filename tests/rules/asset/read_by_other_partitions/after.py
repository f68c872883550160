from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.partition_maps import all_of, load_each, overlapping, shifted
from prefect_support.partitions import partition_of
from prefect_support.pickled_files import PickledFiles
from prefect_support.time_windows import daily, weekly as prefect_weekly

days = daily("2026-01-01")
Days = Annotated[str, days]
weeks = prefect_weekly("2026-01-04")
Weeks = Annotated[str, weeks]
sides = partition_of(["left", "right"])
Sides = Annotated[str, sides]


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(partition_key: str) -> int:
    return store(PickledFiles(), "asset://orders", 1, partition_key)


@materialize(
    Asset(key="asset://same_day", properties=AssetProperties(name="same_day")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def same_day(orders: int) -> int:
    return orders


@materialize(
    Asset(key="asset://total", properties=AssetProperties(name="total")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def total() -> int:
    orders = load_each(PickledFiles(), "asset://orders", all_of(days))
    return sum(orders.values())


@materialize(
    Asset(key="asset://weekly", properties=AssetProperties(name="weekly")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def weekly(partition_key: str) -> int:
    orders = load_each(
        PickledFiles(), "asset://orders", overlapping(days, weeks, partition_key)
    )
    return sum(orders.values())


@materialize(
    Asset(
        key="asset://day_before",
        properties=AssetProperties(
            name="day_before", description="Reads what is not of its own run."
        ),
    ),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def day_before(partition_key: str) -> int:
    """Reads what is not of its own run."""
    orders = load(PickledFiles(), "asset://orders", shifted(days, partition_key, -1))
    return orders


@materialize(
    Asset(key="asset://hopeless", properties=AssetProperties(name="hopeless")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def hopeless(orders: int) -> int:
    return orders


@flow(name="both", task_runner=ThreadPoolTaskRunner())
def both(partition_key: Days) -> State[Any]:
    orders_future = orders.submit(partition_key)
    same_day_future = same_day.submit(orders_future)
    day_before_future = day_before.submit(partition_key, wait_for=[orders_future])
    return settle(
        orders=orders_future, same_day=same_day_future, day_before=day_before_future
    )


@flow(name="both_backfill")
def both_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(both, days.between(first, last), state=state, inputs=inputs)
