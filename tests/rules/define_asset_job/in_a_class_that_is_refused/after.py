"""A class on top of another library's, whose method makes jobs: the class is refused, and so are they."""

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


class Jobs:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:7: JobFactory Jobs: a class on top of JobFactory is not "
            "converted. Write it by hand, or ask for a rule."
        )


@materialize(
    Asset(key="asset://observed", properties=AssetProperties(name="observed")),
    cache_policy=NO_CACHE,
)
def observed() -> int:
    return 1


