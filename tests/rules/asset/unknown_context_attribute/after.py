from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def gold(*_args: object, **_kwargs: object) -> object:
    """Asks the instance."""
    raise NotImplementedError(
        "code.py:5: context.instance (line 8) has no counterpart. Take it from "
        "prefect.runtime, a parameter or a Prefect client, as the code needs."
    )
    # # nothing in Prefect answers this
    # return len(context.instance.get_materialized_partitions(context.asset_key))


@materialize(
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    cache_policy=NO_CACHE,
)
def silver() -> int:
    return 2
