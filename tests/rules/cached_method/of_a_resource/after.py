from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.cached_methods import cached_method


class Shelf(BaseModel):
    size: int

    @cached_method
    def items(self, start: int = 0) -> list[int]:
        return list(range(start, self.size))

    @property
    @cached_method
    def total(self) -> int:
        return sum(self.items())


@materialize(
    Asset(key="asset://total", properties=AssetProperties(name="total")),
    cache_policy=NO_CACHE,
)
def total(shelf: Shelf) -> int:
    return shelf.total


def shelf() -> Shelf:
    return Shelf(size=3)
