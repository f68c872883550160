from typing import Annotated

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.partitions import partition_of

regions = partition_of(["n", "s"])
Regions = Annotated[str, regions]


def counted(name, facts=None, extra="x"):
    @materialize(
        Asset(key=f"asset://{name}", properties=AssetProperties(name=name)),
        name=name,
        cache_policy=NO_CACHE,
    )
    def made() -> list[str]:
        add_asset_metadata(f"asset://{name}", facts or {})
        return [*(facts or {})]

    return made


def chosen(name, facts=None, more=None):
    @materialize(
        Asset(key=f"asset://{name}", properties=AssetProperties(name=name)),
        name=name,
        cache_policy=NO_CACHE,
    )
    def made() -> None:
        add_asset_metadata(f"asset://{name}", (facts if facts else more) or {})
        ...

    return made


@materialize(
    Asset(key="asset://sales/report", properties=AssetProperties(name="report")),
    name="sales__report",
    cache_policy=NO_CACHE,
)
def sales(partition_key: str | None) -> str:
    add_asset_metadata("asset://sales/report", {"title": "Sales"})
    own_partitions_def = None
    own_title = "Sales"
    if partition_key is not None and own_partitions_def:
        return f"{own_title} of {partition_key}, one of {own_partitions_def.get_partition_keys()}"
    return own_title


@materialize(
    Asset(key="asset://costs/report", properties=AssetProperties(name="report")),
    name="costs__report",
    cache_policy=NO_CACHE,
)
def costs(partition_key: str) -> str:
    add_asset_metadata("asset://costs/report", {"title": "Costs"})
    own_partitions_def = regions
    own_title = "Costs"
    if partition_key is not None and own_partitions_def:
        return f"{own_title} of {partition_key}, one of {own_partitions_def.keys}"
    return own_title


first = counted("first")
second = counted("second", {"limit": 3})
third = chosen("third")
