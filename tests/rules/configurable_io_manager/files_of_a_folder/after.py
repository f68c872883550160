import json
from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel, Field
from upath import UPath

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.io import IOContext, load, store
from prefect_support.partition_maps import all_of
from prefect_support.partitions import MultiKey, MultiPartitions, partition_of
from prefect_support.resources import running
from prefect_support.storage_factory import StorageFactory
from prefect_support.time_windows import daily as prefect_daily
from prefect_support.upath_files import UPathFiles
from prefect_support.validations import run_logger


class JSONStore(UPathFiles):
    """One JSON file a value."""

    extension: str = ".json"

    def dump_to_path(self, context: IOContext, obj: Any, path: UPath):
        context.log.info(f"writing {path}")
        with path.open("w") as file:
            json.dump(obj, file)

    def load_from_path(self, context: IOContext, path: UPath) -> Any:
        with path.open("r") as file:
            return json.load(file)

    def get_metadata(self, context: IOContext, obj: Any):
        return {"length": len(obj)}


class LocalJSONStore(BaseModel, JSONStore):
    """The same, with a folder that is configured."""

    base_dir: str = Field(description="Folder")

    @property
    def _base_path(self):
        return UPath(self.base_dir)


class TextStore(StorageFactory):
    root: str
    suffix: str | None = ".txt"

    def create_io_manager(self) -> "PlainText":
        """What writes below the root."""
        run_logger().debug(f"below {self.root}")
        return PlainText(base_path=UPath(self.root), suffix=self.suffix)


class PlainText(UPathFiles):
    def __init__(self, base_path: UPath, suffix: str):
        self.extension = suffix
        super().__init__(base_path=base_path)

    def dump_to_path(self, context: IOContext, obj: str, path: UPath):
        path.write_text(obj)

    def load_from_path(self, context: IOContext, path: UPath) -> str:
        return path.read_text()

    def get_path_for_partition(self, context, path, partition):
        return path / "part" / partition


def json_in_config(base_path: str = "out/upper"):
    return JSONStore(base_path=UPath(base_path))


days = prefect_daily("2026-01-01", "2026-01-06")
Days = Annotated[str, days]
grid = MultiPartitions(
    {"day": days, "color": partition_of(["red", "blue"])}
)
Grid = Annotated[str, grid]


@materialize(
    Asset(key="asset://raw/orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(json: JSONStore) -> list:
    return store(json, "asset://raw/orders", [1, 2, 3])


@materialize(
    Asset(key="asset://totals", properties=AssetProperties(name="totals")),
    asset_deps=["asset://raw/orders"],
    cache_policy=NO_CACHE,
)
def totals(local: LocalJSONStore, json: JSONStore) -> dict:
    orders = load(json, "asset://raw/orders")
    return store(local, "asset://totals", {"sum": sum(orders)})


@materialize(
    Asset(key="asset://greeting", properties=AssetProperties(name="greeting")),
    cache_policy=NO_CACHE,
)
def greeting(text: TextStore, partition_key: str) -> str:
    return store(text, "asset://greeting", f"hello {partition_key}", partition_key)


@materialize(
    Asset(key="asset://book", properties=AssetProperties(name="book")),
    asset_deps=["asset://greeting"],
    cache_policy=NO_CACHE,
)
def book(local: LocalJSONStore, text: TextStore) -> list:
    greeting = load(
        text, "asset://greeting", all_of(days), metadata={"allow_missing_partitions": True}
    )
    return store(local, "asset://book", sorted(greeting.items()))


@materialize(
    Asset(key="asset://cell", properties=AssetProperties(name="cell")),
    cache_policy=NO_CACHE,
)
def cell(local: LocalJSONStore, partition_key: MultiKey) -> dict:
    return store(
        local,
        "asset://cell",
        {"key": str(partition_key), **partition_key.keys_by_dimension},
        partition_key,
    )


@materialize(
    Asset(key="asset://cell_copy", properties=AssetProperties(name="cell_copy")),
    asset_deps=["asset://cell"],
    cache_policy=NO_CACHE,
)
def cell_copy(local: LocalJSONStore, partition_key: MultiKey) -> dict:
    cell = load(local, "asset://cell", partition_key)
    return store(
        local, "asset://cell_copy", {**cell, "copied": True}, partition_key
    )


@materialize(
    Asset(key="asset://names", properties=AssetProperties(name="names")),
    asset_deps=["asset://totals"],
    cache_policy=NO_CACHE,
)
def names(configured: Any, local: LocalJSONStore) -> list:
    totals = load(local, "asset://totals")
    return store(configured, "asset://names", ["a"] * totals["sum"])


@flow(name="flat", task_runner=ThreadPoolTaskRunner())
def flat() -> State[Any]:
    json = json_resource()
    local_resource = local()
    configured = json_in_config()

    orders_future = orders.submit(json)
    totals_future = totals.submit(local_resource, json, wait_for=[orders_future])
    names_future = names.submit(configured, local_resource, wait_for=[totals_future])
    return settle(orders=orders_future, totals=totals_future, names=names_future)


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily(partition_key: Days) -> State[Any]:
    text_resource = text()

    with running(text_resource):
        greeting_future = greeting.submit(text_resource, partition_key)
        return settle(greeting=greeting_future)


@flow(name="daily_backfill")
def daily_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(daily, days.between(first, last), state=state, inputs=inputs)


@flow(name="bound", task_runner=ThreadPoolTaskRunner())
def bound() -> State[Any]:
    local_resource = local()
    text_resource = text()

    with running(text_resource):
        book_future = book.submit(local_resource, text_resource)
        return settle(book=book_future)


@flow(name="cells", task_runner=ThreadPoolTaskRunner())
def cells(partition_key: Grid) -> State[Any]:
    local_resource = local()

    cell_future = cell.submit(local_resource, partition_key)
    cell_copy_future = cell_copy.submit(
        local_resource, partition_key, wait_for=[cell_future]
    )
    return settle(cell=cell_future, cell_copy=cell_copy_future)


@flow(name="cells_backfill")
def cells_backfill(
    first: Grid,
    last: Grid,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(cells, grid.between(first, last), state=state, inputs=inputs)


def json_resource() -> JSONStore:
    return JSONStore(base_path=UPath("out/json"))


def local() -> LocalJSONStore:
    return LocalJSONStore(base_dir="out/local")


def text() -> TextStore:
    return TextStore(root="out/text")
