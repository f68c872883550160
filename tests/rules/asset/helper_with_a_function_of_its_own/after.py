from typing import Any

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


def stored(rows: int) -> dict[str, Any]:
    def checked(row: int) -> bool:
        return row > 1

    if rows < 0:
        return {}
    return {"many": checked(rows)}


@materialize(
    Asset(key="asset://written", properties=AssetProperties(name="written")),
    cache_policy=NO_CACHE,
)
def written() -> None:
    add_asset_metadata("asset://written", stored(3))
