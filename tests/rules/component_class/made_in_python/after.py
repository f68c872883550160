from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


class Wheel:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:4: Component Wheel: Python speaks of this component itself, at "
            "code.py:15. Write in Python what its build_defs returns, and convert "
            "again."
        )


def wheel(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py: `Wheel` is made of a component, which is not converted. Name "
        "its class in a defs.yaml, or write in Python what its build_defs "
        "returns, and convert again."
    )


@materialize(
    Asset(key="asset://round_one", properties=AssetProperties(name="round_one")),
    cache_policy=NO_CACHE,
)
def round_one() -> str:
    raise NotImplementedError(
        "code.py:19: `wheel` is made of a component, which is not converted. "
        "Name its class in a defs.yaml, or write in Python what its build_defs "
        "returns, and convert again."
    )


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return 1
