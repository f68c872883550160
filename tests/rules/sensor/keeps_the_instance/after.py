from typing import Annotated, Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dynamic_partitions import DynamicPartitions
from prefect_support.flows import settle
from prefect_support.found_runs import RunsFilter, found_runs
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch

names = DynamicPartitions("names")
Names = Annotated[str, names]


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    cache_policy=NO_CACHE,
)
def counted() -> int:
    latest = Recorded().get_latest_materialization_event("asset://counted")
    return 0 if latest is None else 1


@task(cache_policy=NO_CACHE)
def load() -> None:
    ...


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    load_future = load.submit()
    return settle(load=load_future)


@flow(name="after_itself")
def after_itself() -> int:
    """Not while one runs."""
    return launch("after_itself", _after_itself, deployment="daily/daily")


def _after_itself(context: SensorContext) -> RunRequest | SkipReason:
    active = RunsFilter(job_name="daily", statuses=["STARTED"])
    if found_runs(filters=active, limit=1)[:1]:
        return SkipReason("it runs")
    new = [name for name in ["a", "b"] if not DynamicPartitions("names").has(name)]
    DynamicPartitions("names").add(new)
    return [RunRequest(run_key=name) for name in new]


def another_instance(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:36: context.instance (line 37) has no counterpart. Ask "
        "Prefect's API with prefect.get_client(), or keep what you need in a "
        "Variable."
    )
    # instance = context.instance
    # if context.cursor:
    #     instance = None
    # return RunRequest(run_key=str(instance))


def instance_of(thing):
    instance = thing.instance
    return instance
