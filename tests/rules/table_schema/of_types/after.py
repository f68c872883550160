from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://stock", properties=AssetProperties(name="stock")),
    asset_deps=["asset://parts"],
    cache_policy=NO_CACHE,
)
def stock() -> None:
    add_asset_metadata(
        "asset://stock",
        {"dagster/column_schema": {"columns": [{"name": name, "type": kind} for name, kind in {"id": "int"}.items()]}},
    )
