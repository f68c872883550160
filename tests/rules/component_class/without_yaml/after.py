from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

SIZE = 3


class Wheel:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:6: Component Wheel: a class on top of Component is not "
            "converted. Write in Python what its build_defs returns, and convert "
            "again."
        )


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return SIZE
