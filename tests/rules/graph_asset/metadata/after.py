from prefect import task
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def weigh() -> int:
    return 1


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    add_asset_metadata("asset://gold", {"colour": "yellow"})
    weigh_future = weigh.submit()
    return weigh_future.result()
