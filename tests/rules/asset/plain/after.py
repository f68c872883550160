from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://gold",
        properties=AssetProperties(name="gold", description="How much gold there is."),
    ),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    """How much gold there is.

    In ounces.
    """
    # the safe is counted every night
    return 1
