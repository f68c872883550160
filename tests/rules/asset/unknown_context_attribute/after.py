from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@task
def gold(*_args: object, **_kwargs: object) -> object:
    """Asks the instance."""
    raise NotImplementedError(
        "code.py:5: context.instance (line 8) has no counterpart. Ask Prefect's "
        "API with prefect.get_client(), or keep what you need in a Variable."
    )
    # # nothing in Prefect answers this
    # return len(context.instance.get_asset_records([context.asset_key]))


@materialize(
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    cache_policy=NO_CACHE,
)
def silver() -> int:
    return 2
