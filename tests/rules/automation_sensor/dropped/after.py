from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://hourly",
        properties=AssetProperties(name="hourly", description="Each hour."),
    ),
    cache_policy=NO_CACHE,
)
def hourly() -> None:
    """Each hour."""
