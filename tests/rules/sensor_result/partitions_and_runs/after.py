from functools import partial
from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.backfill import in_order
from prefect_support.dynamic_partitions import DynamicPartitions
from prefect_support.flows import settle
from prefect_support.sensors import (
    AddPartitions,
    RunRequest,
    SensorContext,
    SensorResult,
    SkipReason,
    launch,
)

files = DynamicPartitions("files")
Files = Annotated[str, files]


class Folder(BaseModel):
    path: str

    def names(self) -> list[str]:
        return [self.path]


@materialize(
    Asset(
        key="asset://content",
        properties=AssetProperties(name="content", description="What a file holds."),
    ),
    cache_policy=NO_CACHE,
)
def content(partition_key: str) -> None:
    """What a file holds."""
    print(partition_key)


@flow(name="content_job", task_runner=ThreadPoolTaskRunner())
def content_job(partition_key: Files) -> State[Any]:
    content_future = content.submit(partition_key)
    return settle(content=content_future)


@flow(name="content_job_backfill")
def content_job_backfill(
    first: Files,
    last: Files,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(content_job, files.between(first, last), state=state, inputs=inputs)


@flow(name="new_files")
def new_files() -> int:
    """Looks for new files."""
    return launch(
        "new_files",
        partial(_new_files, folder=folder()),
        deployment="content_job/content_job",
    )


def _new_files(context: SensorContext, folder: Folder) -> RunRequest | SensorResult | SkipReason:
    known = files.keys
    fresh = [name for name in folder.names() if name not in known]
    if not fresh:
        return SkipReason("no new file")
    return SensorResult(
        run_requests=[RunRequest(run_key=name, parameters={"partition_key": name}, tags={"file": name}) for name in fresh],
        dynamic_partitions_requests=[AddPartitions(files, fresh)],
        cursor=fresh[-1],
    )


@flow(name="only_keys_assets", task_runner=ThreadPoolTaskRunner())
def only_keys_assets(partition_key: Files) -> State[Any]:
    content_future = content.submit(partition_key)
    return settle(content=content_future)


@flow(name="only_keys")
def only_keys() -> int:
    return launch(
        "only_keys", _only_keys, deployment="only_keys_assets/only_keys_assets"
    )


def _only_keys(context: SensorContext) -> SensorResult:
    return SensorResult(dynamic_partitions_requests=[AddPartitions(DynamicPartitions("files"), ["a"])])


def folder() -> Folder:
    return Folder(path="/in")
