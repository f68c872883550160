from typing import Annotated, Any, Generic, TypeVar

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.io import IOContext, load
from prefect_support.partition_maps import all_of, load_each
from prefect_support.partitions import partition_of
from prefect_support.pickled_files import PickledFiles

T = TypeVar("T")
sides = partition_of(["left", "right"])
Sides = Annotated[str, sides]


class Lines(BaseModel):
    folder: str = "lake"

    def handle_output(self, context: IOContext, obj: str) -> None:
        raise NotImplementedError

    def load_input(self, context: IOContext) -> str:
        return f"{self.folder}/{context.asset_key.to_python_identifier()}"


class Typed(BaseModel, Generic[T]):
    word: str = "x"


@materialize(
    Asset(key="asset://words", properties=AssetProperties(name="words")),
    asset_deps=["asset://found", "asset://old", "asset://bare", "asset://nowhere"],
    cache_policy=NO_CACHE,
)
def words(lines: Lines) -> str:
    found = load(lines, "asset://found")
    old = load(lines, "asset://old")
    bare = load(PickledFiles(), "asset://bare")
    nowhere = load(PickledFiles(), "asset://nowhere")
    return found + old + bare + nowhere


@materialize(
    Asset(key="asset://joined", properties=AssetProperties(name="joined")),
    asset_deps=["asset://sided"],
    cache_policy=NO_CACHE,
)
def joined(typed: Typed[int]) -> str:
    sided = load_each(PickledFiles(), "asset://sided", all_of(sides))
    return typed.word.join(sided.values())


@materialize(
    Asset(key="asset://one_side", properties=AssetProperties(name="one_side")),
    asset_deps=["asset://sided"],
    cache_policy=NO_CACHE,
)
def one_side(partition_key: str) -> str:
    sided = load(PickledFiles(), "asset://sided", partition_key)
    return sided


def lines() -> Lines:
    return Lines()


def typed() -> Any:
    return Typed[int]()
