"""Tasks hand a storage class what it asks for: metadata, partitions, types, config, resources."""

import pandas as pd
from dagster import AllPartitionMapping, AssetIn, Config, ConfigurableIOManager, DailyPartitionsDefinition
from dagster import Definitions, InputContext, IOManager, OutputContext, asset, io_manager, resource

days = DailyPartitionsDefinition("2024-01-01")


class Settings(Config):
    mode: str = "append"


class Base(ConfigurableIOManager):
    folder: str

    def _path(self, context: InputContext | OutputContext) -> str:
        window = context.asset_partitions_time_window
        return f"{self.folder}/{table_of(context)}/{window.start:%Y}/{window.end:%Y}"


def table_of(context: OutputContext) -> str:
    return context.definition_metadata["table"]


class Windows(Base):
    def handle_output(self, context, obj):
        assert context.dagster_type.typing_type == pd.DataFrame
        obj.to_parquet(self._path(context), **context.step_context.op_config)

    def load_input(self, context):
        context.log.info(context.upstream_output.metadata["table"])
        context.log.info(context.asset_partitions_def.get_first_partition_key())
        return pd.read_parquet(self._path(context), columns=context.metadata.get("columns"))


class Plain(IOManager):
    def handle_output(self, context, obj):
        context.resources.bucket.write(context.asset_key, obj)

    def load_input(self, context):
        return context.resources.bucket.read(context.asset_key)


class AsksTheInstance(ConfigurableIOManager):
    def handle_output(self, context, obj):
        print(context.step_context.instance)

    def load_input(self, context):
        return None


class AsksTheUpstreamStep(ConfigurableIOManager):
    def handle_output(self, context, obj):
        print(obj)

    def load_input(self, context):
        return context.upstream_output.step_context.op_config


@io_manager(required_resource_keys={"bucket"})
def plain():
    return Plain()


@resource
def bucket():
    return dict()


@asset(io_manager_key="windows", partitions_def=days, metadata={"table": "orders", "rows": 3})
def orders(config: Settings) -> pd.DataFrame:
    return pd.DataFrame({"mode": [config.mode]})


@asset(
    io_manager_key="plain",
    ins={"orders": AssetIn(metadata={"columns": ["mode"]}, partition_mapping=AllPartitionMapping())},
)
def modes(orders: pd.DataFrame):
    return orders


defs = Definitions(
    assets=[orders, modes],
    resources={"windows": Windows(folder="out"), "plain": plain, "bucket": bucket},
)
