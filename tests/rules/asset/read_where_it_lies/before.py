from typing import Generic, TypeVar

from dagster import (
    AssetSpec,
    ConfigurableIOManager,
    ConfigurableResource,
    Definitions,
    InputContext,
    OutputContext,
    SourceAsset,
    StaticPartitionsDefinition,
    asset,
)

T = TypeVar("T")
sides = StaticPartitionsDefinition(["left", "right"])


class Lines(ConfigurableIOManager):
    folder: str = "lake"

    def handle_output(self, context: OutputContext, obj: str) -> None:
        raise NotImplementedError

    def load_input(self, context: InputContext) -> str:
        return f"{self.folder}/{context.asset_key.to_python_identifier()}"


class Typed(ConfigurableResource, Generic[T]):
    word: str = "x"


found = AssetSpec("found", metadata={"rows": 1}).with_io_manager_key("lines")
old = SourceAsset("old", io_manager_key="lines")
bare = SourceAsset(key="bare")
sided = SourceAsset("sided", partitions_def=sides)


@asset
def words(found: str, old: str, bare: str, nowhere: str) -> str:
    return found + old + bare + nowhere


@asset
def joined(sided: dict[str, str], typed: Typed[int]) -> str:
    return typed.word.join(sided.values())


@asset(partitions_def=sides)
def one_side(sided: str) -> str:
    return sided


defs = Definitions(
    assets=[found, old, bare, sided, words, joined, one_side],
    resources={"lines": Lines(), "typed": Typed[int]()},
)
