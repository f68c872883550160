"""Tasks hand a storage class what it asks for: metadata, partitions, types, config, resources."""

from typing import Annotated, Any

import pandas as pd
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.io import IOContext, load, store
from prefect_support.partition_maps import all_of
from prefect_support.time_windows import daily

days = daily("2024-01-01")
Days = Annotated[str, days]


class Settings(BaseModel, extra="forbid"):
    mode: str = "append"


class Base(BaseModel):
    folder: str

    def _path(self, context: IOContext) -> str:
        window = context.asset_partitions_time_window
        return f"{self.folder}/{table_of(context)}/{window.start:%Y}/{window.end:%Y}"


def table_of(context: IOContext) -> str:
    return context.definition_metadata["table"]


class Windows(Base):
    def handle_output(self, context, obj):
        assert context.dagster_type.typing_type == pd.DataFrame
        obj.to_parquet(self._path(context), **context.step_context.op_config)

    def load_input(self, context):
        context.log.info(context.upstream_output.metadata["table"])
        context.log.info(context.asset_partitions_def.keys[0])
        return pd.read_parquet(self._path(context), columns=context.metadata.get("columns"))


class Plain:
    def handle_output(self, context, obj):
        context.resources.bucket.write(context.asset_key, obj)

    def load_input(self, context):
        return context.resources.bucket.read(context.asset_key)


class AsksTheInstance:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:45: ConfigurableIOManager AsksTheInstance: "
            "context.step_context.instance has no counterpart. Ask Prefect's API "
            "with prefect.get_client(), or keep what you need in a Variable."
        )


class AsksTheUpstreamStep:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:53: ConfigurableIOManager AsksTheUpstreamStep: "
            "context.upstream_output.step_context.op_config has no counterpart. "
            "What made a value is not known when it is read: keep it in the asset's "
            "metadata."
        )


def plain():
    return Plain()


def bucket():
    return dict()


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(windows: Windows, config: Settings, partition_key: str) -> pd.DataFrame:
    add_asset_metadata("asset://orders", {"table": "orders", "rows": 3})
    return store(
        windows,
        "asset://orders",
        pd.DataFrame({"mode": [config.mode]}),
        partition_key,
        metadata={"table": "orders", "rows": 3},
        kind=pd.DataFrame,
        partitions=days,
        config=config,
    )


@materialize(
    Asset(key="asset://modes", properties=AssetProperties(name="modes")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def modes(plain: Any, windows: Windows, bucket: Any):
    orders = load(
        windows,
        "asset://orders",
        all_of(days),
        metadata={"columns": ["mode"]},
        upstream={"table": "orders", "rows": 3},
        kind=pd.DataFrame,
        partitions=days,
    )
    return store(plain, "asset://modes", orders, resources={"bucket": bucket})


def windows() -> Windows:
    return Windows(folder="out")
