from collections.abc import Iterator
from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.dynamic_partitions import DynamicPartitions
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch

files = DynamicPartitions("files")
Files = Annotated[str, files]


@materialize(
    Asset(
        key="asset://table",
        properties=AssetProperties(name="table", description="One for each file."),
    ),
    cache_policy=NO_CACHE,
)
def table() -> None:
    """One for each file."""


@flow(name="tables", task_runner=ThreadPoolTaskRunner())
def tables(partition_key: Files) -> State[Any]:
    table_future = table.submit()
    return settle(table=table_future)


@flow(name="tables_backfill")
def tables_backfill(
    first: Files,
    last: Files,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(tables, files.between(first, last), state=state, inputs=inputs)


@flow(name="tables_of_inbox")
def watch() -> int:
    return launch("tables_of_inbox", _watch, deployment="tables/tables")


def _watch(context: SensorContext) -> Iterator[RunRequest]:
    tags = {"dagster/partition": "a"}
    yield RunRequest(parameters={"partition_key": "a"}, tags=tags)
