import pandas as pd
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.table_facts import columns_of

describe = {"schema": columns_of}


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> None:
    frame = pd.DataFrame({"id": [1], 2: ["a"]})
    schema = columns_of(frame)
    add_asset_metadata(
        "asset://orders", {"dagster/column_schema": columns_of(frame), "again": schema}
    )
