from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@materialize(
    Asset(key="asset://wealth", properties=AssetProperties(name="wealth")),
    asset_deps=["asset://gold"],
    cache_policy=NO_CACHE,
)
def wealth(gold: int) -> int:
    return gold


def only_wealth(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:14: define_asset_job only_wealth: wealth reads gold, which "
        "this job does not make and no store holds. Write the flow by hand."
    )
