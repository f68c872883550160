from typing import Any

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import path_of

LAST = "b"


@materialize(
    Asset(key="asset://a", properties=AssetProperties(name="a")),
    Asset(key="asset://b", properties=AssetProperties(name="b")),
    cache_policy=NO_CACHE,
)
def tables() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    for name in ["a"]:
        outputs[name] = name
        add_asset_metadata(f"asset://{name}", {"name": name})
    outputs["b"] = LAST
    return outputs


@materialize(
    Asset(key="asset://raw/k", properties=AssetProperties(name="k")),
    Asset(key="asset://l", properties=AssetProperties(name="l")),
    cache_policy=NO_CACHE,
)
def keyed() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    for name in ["k", "l"]:
        outputs[name] = name
        add_asset_metadata({"k": "asset://raw/k", "l": "asset://l"}[name], {"name": name})
    return outputs


@materialize(
    Asset(key="asset://c", properties=AssetProperties(name="c")),
    Asset(key="asset://x/d", properties=AssetProperties(name="d")),
    cache_policy=NO_CACHE,
)
def told() -> None:
    for key in ["asset://c", "asset://x/d"]:
        add_asset_metadata(str(path_of(key)), {"rows": 1})
