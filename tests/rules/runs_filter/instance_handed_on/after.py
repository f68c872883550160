from collections.abc import Iterator
from typing import Annotated, Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dynamic_partitions import DynamicPartitions
from prefect_support.flows import settle
from prefect_support.found_runs import RunsFilter
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, launch
from prefect_support.task_context import TaskContext

keys = DynamicPartitions("sources")
Keys = Annotated[str, keys]


def forget_all_but(instance: Any, name: str, kept: set[str]) -> None:
    for key in instance.get_dynamic_partitions(name):
        if key not in kept:
            instance.delete_dynamic_partition(name, key)


def count(instance: Any) -> int:
    return len(instance.all_asset_keys())


def mark(context) -> None:
    context.instance.add_run_tags(context.run_id, {"seen": "yes"})
    context.log.info(str(context.instance.get_run_by_id(context.run_id).tags))


@materialize(
    Asset(key="asset://sources", properties=AssetProperties(name="sources")),
    cache_policy=NO_CACHE,
)
def sources() -> None:
    forget_all_but(Recorded(), "sources", kept={"a"})
    DynamicPartitions("sources").add(["a"])


@task
def counted(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:28: context.instance (line 29) has no counterpart. Ask "
        "Prefect's API with prefect.get_client(), or keep what you need in a "
        "Variable."
    )
    # return count(context.instance)


@materialize(
    Asset(key="asset://marked", properties=AssetProperties(name="marked")),
    cache_policy=NO_CACHE,
)
def marked() -> None:
    context = TaskContext("asset://marked")
    mark(context)


@flow(name="failed_assets", task_runner=ThreadPoolTaskRunner())
def failed_assets() -> State[Any]:
    sources_future = sources.submit()
    return settle(sources=sources_future)


@flow(name="failed")
def failed() -> int:
    return launch("failed", _failed, deployment="failed_assets/failed_assets")


def _failed(context: SensorContext) -> Iterator[RunRequest]:
    for run in Recorded().get_runs(RunsFilter(statuses=["FAILURE"]), limit=5):
        ended = Recorded().get_run_stats(run.run_id).end_time
        if ended and ended > float(context.cursor or 0):
            context.update_cursor(str(ended))
            yield RunRequest()
