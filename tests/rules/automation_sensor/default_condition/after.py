from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://ore",
        properties=AssetProperties(name="ore", description="By hand."),
    ),
    cache_policy=NO_CACHE,
)
def ore() -> None:
    """By hand."""


@materialize(
    Asset(
        key="asset://metal",
        properties=AssetProperties(name="metal", description="When there is new ore."),
    ),
    asset_deps=["asset://ore"],
    cache_policy=NO_CACHE,
)
def metal() -> None:
    """When there is new ore."""


@materialize(
    Asset(
        key="asset://report",
        properties=AssetProperties(
            name="report", description="Each morning, whatever the sensor says."
        ),
    ),
    asset_deps=["asset://metal"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    """Each morning, whatever the sensor says."""


@materialize(
    Asset(
        key="asset://slag",
        properties=AssetProperties(
            name="slag", description="No sensor looks after it."
        ),
    ),
    asset_deps=["asset://ore"],
    cache_policy=NO_CACHE,
)
def slag() -> None:
    """No sensor looks after it."""
