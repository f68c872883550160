from typing import Annotated

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.time_windows import TimeWindows

days = TimeWindows(
    "0 0 * * *", "2023-08-23-00:00", fmt="%Y-%m-%d-%H:%M"
)
Days = Annotated[str, days]


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(partition_key: str) -> str:
    return days.window(partition_key).start.strftime("%Y-%m-%d")
