from dagster import ConfigurableResource, Definitions, asset
from dagster._utils.cached_method import cached_method


class Shelf(ConfigurableResource):
    size: int

    @cached_method
    def items(self, start: int = 0) -> list[int]:
        return list(range(start, self.size))

    @property
    @cached_method
    def total(self) -> int:
        return sum(self.items())


@asset
def total(shelf: Shelf) -> int:
    return shelf.total


defs = Definitions(assets=[total], resources={"shelf": Shelf(size=3)})
