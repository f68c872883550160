from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://model", properties=AssetProperties(name="model")),
    asset_deps=["asset://seed"],
    cache_policy=NO_CACHE,
)
def model(seed: int) -> int:
    seed = seed
    return seed


@materialize(
    Asset(key="asset://seed", properties=AssetProperties(name="seed")),
    cache_policy=NO_CACHE,
)
def seed() -> int:
    return 1
