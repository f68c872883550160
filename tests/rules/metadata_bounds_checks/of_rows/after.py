from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_history import metadata_bounds_checks
from prefect_support.flows import settle


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> None:
    add_asset_metadata("asset://gold", {"rows": 3})


enough_task = metadata_bounds_checks(
    ["asset://gold"], metadata_key="rows", min_value=1, max_value=9, exclusive_max=True
)


@flow(name="enough")
def enough() -> State[Any]:
    """What was said of its assets when they were made."""
    return settle(enough=enough_task.submit())
