from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


def vault(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:9: OfALaterVersion vault: it has no rule. Write it by hand."
    )
