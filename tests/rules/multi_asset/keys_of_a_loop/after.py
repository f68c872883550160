from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_edges import needs
from prefect_support.asset_key import Key
from prefect_support.io import path_of


@needs({"asset://left": [], "asset://raw/right": ["asset://left"]})
@materialize(
    Asset(key="asset://left", properties=AssetProperties(name="left")),
    Asset(key="asset://raw/right", properties=AssetProperties(name="right")),
    cache_policy=NO_CACHE,
)
def pair() -> None:
    for key in ("left", "raw/right"):
        add_asset_metadata(str(path_of(key)), {"key": key})


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    Asset(key="asset://two", properties=AssetProperties(name="two")),
    cache_policy=NO_CACHE,
)
def counted() -> None:
    for key in [Key("asset://one"), Key("asset://two")]:
        add_asset_metadata(str(path_of(key)), {"parts": len(key.path)})
