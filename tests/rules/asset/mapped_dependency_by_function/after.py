from typing import Annotated

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.time_windows import monthly

months = monthly("2024-01-01")
Months = Annotated[str, months]


@materialize(
    Asset(key="asset://items", properties=AssetProperties(name="items")),
    cache_policy=NO_CACHE,
)
def items():
    ...


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    asset_deps=["asset://items"],
    cache_policy=NO_CACHE,
)
def orders() -> None:
    print("orders")
