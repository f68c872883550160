from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.s3_keys import get_s3_keys
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@materialize(
    Asset(
        key="asset://files",
        properties=AssetProperties(name="files", description="What lies there."),
    ),
    cache_policy=NO_CACHE,
)
def files() -> None:
    """What lies there."""


@flow(name="files_job", task_runner=ThreadPoolTaskRunner())
def files_job() -> State[Any]:
    files_future = files.submit()
    return settle(files=files_future)


@flow(name="new_files")
def new_files() -> int:
    return launch("new_files", _new_files, deployment="files_job/files_job")


def _new_files(context: SensorContext) -> list[RunRequest] | SkipReason:
    keys = get_s3_keys("lake", prefix="raw/", since_key=context.cursor or None)
    if not keys:
        return SkipReason("nothing new")
    context.update_cursor(keys[-1])
    return [RunRequest(run_key=key) for key in keys]
