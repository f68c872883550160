from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.table_facts import table_facts


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> None:
    add_asset_metadata("asset://orders", dict(table_facts(table_name="lake.orders")))
    facts = {"rows": 3, **table_facts(row_count=3, storage_kind=None)}
    add_asset_metadata("asset://orders", facts)
