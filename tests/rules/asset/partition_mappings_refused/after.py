from typing import Annotated

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import IOContext, load, store
from prefect_support.partition_maps import all_of
from prefect_support.time_windows import daily as prefect_daily, weekly

days = prefect_daily("2024-01-01")
Days = Annotated[str, days]
weeks = weekly("2024-01-07")
Weeks = Annotated[str, weeks]


class Own:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:18: PartitionMapping Own: a class on top of PartitionMapping "
            "is not converted. Write it by hand, or ask for a rule."
        )


class Store:
    def handle_output(self, context: IOContext, obj: int) -> None: ...

    def load_input(self, context: IOContext) -> int:
        return len(context.asset_key.path)


@materialize(
    Asset(key="asset://daily", properties=AssetProperties(name="daily")),
    cache_policy=NO_CACHE,
)
def daily(io_manager: Store, partition_key: str) -> int:
    return store(io_manager, "asset://daily", 1, partition_key)


@task
def by_its_own(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:35: daily reads daily by the partition mapping code:Own, which "
        "(line 35) has no counterpart. Load the partitions you need in the "
        "task."
    )
    # return daily


@task
def shifted_weeks(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:40: daily reads daily by a shift between partitions of "
        "different length, which (line 40) has no counterpart. Load the "
        "partitions you need in the task."
    )
    # return daily


@materialize(
    Asset(
        key="asset://several_at_once",
        properties=AssetProperties(name="several_at_once"),
    ),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def several_at_once(io_manager: Store) -> int:
    daily = load(io_manager, "asset://daily", all_of(days))
    return store(io_manager, "asset://several_at_once", daily)


def io_manager() -> Store:
    return Store()
