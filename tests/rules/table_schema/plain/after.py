from typing import Any

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

SCHEMA = {"columns": [{"name": "ounces", "type": "int", "constraints": {"nullable": False}}, {"name": "mine", "type": "string"}]}


def columns() -> dict[str, Any]:
    return SCHEMA


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    add_asset_metadata("asset://gold", {"dagster/column_schema": SCHEMA})
    add_asset_metadata(
        "asset://gold",
        {
            "sample": {"records": [{"ounces": 1}], "schema": columns()},
            "lineage": {"ounces": [{"asset_key": "asset://ore", "column_name": "kilos"}]},
        },
    )
    return 1
