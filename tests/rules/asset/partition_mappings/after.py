from typing import Annotated, Any

from prefect import State, flow, get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.partition_maps import (
    all_of,
    load_each,
    overlapping,
    shifted,
    with_part,
)
from prefect_support.partitions import MultiKey, MultiPartitions, partition_of
from prefect_support.pickled_files import PickledFiles
from prefect_support.time_windows import (
    daily as prefect_daily,
    weekly as prefect_weekly,
)

days = prefect_daily("2024-01-01")
Days = Annotated[str, days]
weeks = prefect_weekly("2024-01-07")
Weeks = Annotated[str, weeks]
lands = partition_of(["de", "fr"])
Lands = Annotated[str, lands]
regions = partition_of(["west", "all"])
Regions = Annotated[str, regions]
both = MultiPartitions({"day": days, "land": lands})
Both = Annotated[str, both]


@materialize(
    Asset(key="asset://daily", properties=AssetProperties(name="daily")),
    cache_policy=NO_CACHE,
)
def daily(io_manager: PickledFiles, partition_key: str) -> int:
    return store(io_manager, "asset://daily", 1, partition_key)


@materialize(
    Asset(key="asset://land", properties=AssetProperties(name="land")),
    cache_policy=NO_CACHE,
)
def land(io_manager: PickledFiles, partition_key: str) -> int:
    return store(io_manager, "asset://land", 1, partition_key)


@materialize(
    Asset(key="asset://same", properties=AssetProperties(name="same")),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def same(io_manager: PickledFiles, partition_key: str) -> int:
    daily = load(io_manager, "asset://daily", partition_key)
    return store(io_manager, "asset://same", daily, partition_key)


@materialize(
    Asset(key="asset://day_before", properties=AssetProperties(name="day_before")),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def day_before(io_manager: PickledFiles, partition_key: str) -> int:
    daily = load(io_manager, "asset://daily", shifted(days, partition_key, -1))
    get_run_logger().info(shifted(days, partition_key, -1))
    return store(io_manager, "asset://day_before", daily, partition_key)


@materialize(
    Asset(key="asset://three_days", properties=AssetProperties(name="three_days")),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def three_days(io_manager: PickledFiles, partition_key: str) -> int:
    daily = load_each(
        io_manager,
        "asset://daily",
        [shifted(days, partition_key, by) for by in range(-2, 1)],
    )
    get_run_logger().info(list([shifted(days, partition_key, by) for by in range(-2, 1)]))
    return store(
        io_manager, "asset://three_days", sum(daily.values()), partition_key
    )


@materialize(
    Asset(key="asset://weekly", properties=AssetProperties(name="weekly")),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def weekly(io_manager: PickledFiles, partition_key: str) -> int:
    daily = load_each(
        io_manager, "asset://daily", overlapping(days, weeks, partition_key)
    )
    return store(io_manager, "asset://weekly", sum(daily.values()), partition_key)


@materialize(
    Asset(key="asset://whole", properties=AssetProperties(name="whole")),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def whole(io_manager: PickledFiles) -> int:
    daily = load_each(io_manager, "asset://daily", all_of(days))
    return store(io_manager, "asset://whole", sum(daily.values()))


@materialize(
    Asset(key="asset://whole_again", properties=AssetProperties(name="whole_again")),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def whole_again(io_manager: PickledFiles) -> int:
    daily = load_each(io_manager, "asset://daily", all_of(days))
    return store(io_manager, "asset://whole_again", sum(daily.values()))


@materialize(
    Asset(key="asset://newest", properties=AssetProperties(name="newest")),
    asset_deps=["asset://daily"],
    cache_policy=NO_CACHE,
)
def newest(io_manager: PickledFiles) -> int:
    daily = load(io_manager, "asset://daily", days.latest())
    return store(io_manager, "asset://newest", daily)


@materialize(
    Asset(key="asset://only_de", properties=AssetProperties(name="only_de")),
    asset_deps=["asset://land"],
    cache_policy=NO_CACHE,
)
def only_de(io_manager: PickledFiles) -> int:
    land = load(io_manager, "asset://land", "de")
    return store(io_manager, "asset://only_de", land)


@materialize(
    Asset(key="asset://region", properties=AssetProperties(name="region")),
    asset_deps=["asset://land"],
    cache_policy=NO_CACHE,
)
def region(io_manager: PickledFiles, partition_key: str) -> int:
    land = load_each(
        io_manager, "asset://land", {"all": ["de", "fr"], "west": ["fr"]}[partition_key]
    )
    return store(io_manager, "asset://region", sum(land.values()), partition_key)


@materialize(
    Asset(key="asset://cross", properties=AssetProperties(name="cross")),
    asset_deps=["asset://daily", "asset://land"],
    cache_policy=NO_CACHE,
)
def cross(io_manager: PickledFiles, partition_key: MultiKey) -> int:
    daily = load(io_manager, "asset://daily", both.parts(partition_key)["day"])
    land = load(io_manager, "asset://land", both.parts(partition_key)["land"])
    return store(io_manager, "asset://cross", daily + land, partition_key)


@materialize(
    Asset(key="asset://of_all_lands", properties=AssetProperties(name="of_all_lands")),
    asset_deps=["asset://cross"],
    cache_policy=NO_CACHE,
)
def of_all_lands(io_manager: PickledFiles, partition_key: str) -> int:
    cross = load_each(
        io_manager, "asset://cross", with_part(both, "day", partition_key)
    )
    return store(
        io_manager, "asset://of_all_lands", sum(cross.values()), partition_key
    )


@flow(name="make_daily", task_runner=ThreadPoolTaskRunner())
def make_daily(partition_key: Days) -> State[Any]:
    io_manager_resource = io_manager()

    daily_future = daily.submit(io_manager_resource, partition_key)
    return settle(daily=daily_future)


@flow(name="make_daily_backfill")
def make_daily_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(make_daily, days.between(first, last), state=state, inputs=inputs)


@flow(name="make_weekly", task_runner=ThreadPoolTaskRunner())
def make_weekly(partition_key: Weeks) -> State[Any]:
    io_manager_resource = io_manager()

    weekly_future = weekly.submit(io_manager_resource, partition_key)
    return settle(weekly=weekly_future)


@flow(name="make_weekly_backfill")
def make_weekly_backfill(
    first: Weeks,
    last: Weeks,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(make_weekly, weeks.between(first, last), state=state, inputs=inputs)


@flow(name="make_whole", task_runner=ThreadPoolTaskRunner())
def make_whole() -> State[Any]:
    io_manager_resource = io_manager()

    whole_future = whole.submit(io_manager_resource)
    return settle(whole=whole_future)


def io_manager() -> PickledFiles:
    return PickledFiles(base_dir="data")
