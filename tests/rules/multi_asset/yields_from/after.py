from typing import Any

from prefect import task
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


def elsewhere():
    raise NotImplementedError(
        "code.py:4: dagster.Output is not converted. Write by hand what Prefect "
        "has in its place."
    )


@materialize(
    Asset(key="asset://a", properties=AssetProperties(name="a")),
    Asset(key="asset://b", properties=AssetProperties(name="b")),
    cache_policy=NO_CACHE,
)
def comprehended() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    # each by its name
    for name in ["a", "b", ""]:
        if name:
            outputs[name] = len(name)
    return outputs


@materialize(
    Asset(key="asset://c", properties=AssetProperties(name="c")),
    Asset(key="asset://x/d", properties=AssetProperties(name="d")),
    cache_policy=NO_CACHE,
)
def displayed() -> None:
    add_asset_metadata("asset://c", {"rows": 1})
    add_asset_metadata("asset://x/d", {"rows": 2})


@task
def handed_on(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:23: yield from another generator (line 24) has no counterpart. "
        "Yield its outputs one by one."
    )
    # yield from elsewhere()
