"""The argument says what loads it; the asset, or nothing at all, says what stored it."""

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.io import load, store


class Files(BaseModel):
    folder: str

    def handle_output(self, context, obj):
        print(self.folder, context.asset_key, obj)

    def load_input(self, context):
        return [self.folder, context.metadata["columns"]]


class Lines(Files):
    def load_input(self, context):
        return [f"{self.folder}/{context.asset_key.path[-1]}"]


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: Files) -> list:
    return store(io_manager, "asset://orders", [1])


@materialize(
    Asset(
        key="asset://read_in_lines", properties=AssetProperties(name="read_in_lines")
    ),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def read_in_lines(io_manager: Files, lines: Lines) -> list:
    orders = load(lines, "asset://orders")
    return store(io_manager, "asset://read_in_lines", orders)


@materialize(
    Asset(
        key="asset://read_from_elsewhere",
        properties=AssetProperties(name="read_from_elsewhere"),
    ),
    asset_deps=["asset://lake/found"],
    cache_policy=NO_CACHE,
)
def read_from_elsewhere(io_manager: Files, lines: Lines) -> list:
    found = load(lines, "asset://lake/found")
    return store(io_manager, "asset://read_from_elsewhere", found)


def io_manager() -> Files:
    return Files(folder="out")


def lines() -> Lines:
    return Lines(folder="out")
