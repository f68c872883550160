"""A range as a value and as an annotation, and what a task is told of its own."""

from typing import Annotated

from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import store
from prefect_support.key_ranges import KeyRange
from prefect_support.partition_maps import load_each, shifted
from prefect_support.pickled_files import PickledFiles
from prefect_support.time_windows import daily

days = daily("2024-01-01")
Days = Annotated[str, days]
january = KeyRange(start="2024-01-01", end="2024-01-31")


def is_long(keys: KeyRange) -> bool:
    return keys.start < "2024-01-15" < keys.end


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(partition_key: str) -> int:
    get_run_logger().info(days.keys)
    return store(
        PickledFiles(),
        "asset://orders",
        int(is_long(KeyRange(partition_key, partition_key)) or KeyRange(partition_key, partition_key) == january),
        partition_key,
    )


@materialize(
    Asset(key="asset://sums", properties=AssetProperties(name="sums")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def sums(partition_key: str) -> None:
    load_each(
        PickledFiles(),
        "asset://orders",
        [shifted(days, partition_key, by) for by in range(-1, 1)],
    )
    keys = KeyRange.of([shifted(days, partition_key, by) for by in range(-1, 1)])
    window = days.windows([shifted(days, partition_key, by) for by in range(-1, 1)])
    get_run_logger().info(f"{keys.start} to {keys.end}: {window.start} to {window.end}")
