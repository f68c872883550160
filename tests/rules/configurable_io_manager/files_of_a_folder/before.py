import json
from typing import Any

import dagster as dg
from dagster._core.storage.upath_io_manager import UPathIOManager
from pydantic import Field
from upath import UPath


class JSONStore(UPathIOManager):
    """One JSON file a value."""

    extension: str = ".json"

    def dump_to_path(self, context: dg.OutputContext, obj: Any, path: UPath):
        context.log.info(f"writing {path}")
        with path.open("w") as file:
            json.dump(obj, file)

    def load_from_path(self, context: dg.InputContext, path: UPath) -> Any:
        with path.open("r") as file:
            return json.load(file)

    def get_metadata(self, context: dg.OutputContext, obj: Any):
        return {"length": len(obj)}


class LocalJSONStore(dg.ConfigurableIOManager, JSONStore):
    """The same, with a folder that is configured."""

    base_dir: str = Field(description="Folder")

    @property
    def _base_path(self):
        return UPath(self.base_dir)


class TextStore(dg.ConfigurableIOManagerFactory):
    root: str
    suffix: str | None = ".txt"

    def create_io_manager(self, context) -> "PlainText":
        """What writes below the root."""
        context.log.debug(f"below {self.root}")
        return PlainText(base_path=UPath(self.root), suffix=self.suffix)


class PlainText(dg.UPathIOManager):
    def __init__(self, base_path: UPath, suffix: str):
        self.extension = suffix
        super().__init__(base_path=base_path)

    def dump_to_path(self, context: dg.OutputContext, obj: str, path: UPath):
        path.write_text(obj)

    def load_from_path(self, context: dg.InputContext, path: UPath) -> str:
        return path.read_text()

    def get_path_for_partition(self, context, path, partition):
        return path / "part" / partition


@dg.io_manager(config_schema={"base_path": dg.Field(str, is_required=False, default_value="out/upper")})
def json_in_config(init_context):
    return JSONStore(base_path=UPath(init_context.resource_config["base_path"]))


days = dg.DailyPartitionsDefinition(start_date="2026-01-01", end_date="2026-01-06")
grid = dg.MultiPartitionsDefinition({"day": days, "color": dg.StaticPartitionsDefinition(["red", "blue"])})


@dg.asset(io_manager_key="json", key_prefix="raw")
def orders() -> list:
    return [1, 2, 3]


@dg.asset(io_manager_key="local", ins={"orders": dg.AssetIn(key=["raw", "orders"])})
def totals(orders: list) -> dict:
    return {"sum": sum(orders)}


@dg.asset(io_manager_key="text", partitions_def=days)
def greeting(context: dg.AssetExecutionContext) -> str:
    return f"hello {context.partition_key}"


@dg.asset(io_manager_key="local", ins={"greeting": dg.AssetIn(metadata={"allow_missing_partitions": True}, partition_mapping=dg.AllPartitionMapping())})
def book(greeting: dict) -> list:
    return sorted(greeting.items())


@dg.asset(io_manager_key="local", partitions_def=grid)
def cell(context) -> dict:
    return {"key": str(context.partition_key), **context.partition_key.keys_by_dimension}


@dg.asset(io_manager_key="local", partitions_def=grid)
def cell_copy(cell: dict) -> dict:
    return {**cell, "copied": True}


@dg.asset(io_manager_key="configured")
def names(totals: dict) -> list:
    return ["a"] * totals["sum"]


flat = dg.define_asset_job("flat", selection=["raw/orders", "totals", "names"])
daily = dg.define_asset_job("daily", selection=["greeting"])
bound = dg.define_asset_job("bound", selection=["book"])
cells = dg.define_asset_job("cells", selection=["cell", "cell_copy"])

defs = dg.Definitions(
    assets=[orders, totals, greeting, book, cell, cell_copy, names],
    jobs=[flat, daily, bound, cells],
    resources={
        "json": JSONStore(base_path=UPath("out/json")),
        "local": LocalJSONStore(base_dir="out/local"),
        "text": TextStore(root="out/text"),
        "configured": json_in_config,
    },
)
