"""Resources that no function of the target can make: of a local name, and with config given apart."""

from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def warehouse(url: str):
    return url


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(warehouse: Any):
    return warehouse


@materialize(
    Asset(key="asset://parcels", properties=AssetProperties(name="parcels")),
    cache_policy=NO_CACHE,
)
def parcels(store: Any):
    return store
