from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://a", properties=AssetProperties(name="a", description="Above.")),
    cache_policy=NO_CACHE,
)
def a() -> None:
    """Above."""


@materialize(
    Asset(key="asset://b", properties=AssetProperties(name="b", description="Below.")),
    asset_deps=["asset://a"],
    cache_policy=NO_CACHE,
)
def b() -> None:
    """Below."""


@materialize(
    Asset(key="asset://c", properties=AssetProperties(name="c", description="Aside.")),
    asset_deps=["asset://elsewhere"],
    cache_policy=NO_CACHE,
)
def c() -> None:
    """Aside."""
