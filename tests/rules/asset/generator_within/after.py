from collections.abc import Iterator

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks() -> list[int]:
    def counted() -> Iterator[int]:
        yield 1
        yield from range(2)

    return list(counted())
