from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://numbers",
        properties=AssetProperties(name="numbers", description="Some numbers."),
    ),
    cache_policy=NO_CACHE,
)
def numbers() -> None:
    """Some numbers."""


def linked(assets):
    return assets
