"""A name for the instance is what it stands for, where nothing is done with it but to ask it."""

from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dynamic_partitions import DynamicPartitions
from prefect_support.flows import settle
from prefect_support.found_runs import RunsFilter, found_runs
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@task(cache_policy=NO_CACHE)
def work():
    print("work")


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    work_future = work.submit()
    return settle(work=work_future)


@flow(name="waits")
def waits() -> int:
    return launch("waits", _waits, deployment="nightly/nightly")


def _waits(context: SensorContext) -> RunRequest | SkipReason:
    if found_runs(filters=RunsFilter(statuses=["STARTED"]), limit=1):
        return SkipReason("running")
    DynamicPartitions("files").add(["a"])
    event = Recorded().get_latest_materialization_event("asset://orders")
    return RunRequest(run_key=str(event.timestamp))


def hands_it_on(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:28: context.instance (line 29) has no counterpart. Ask "
        "Prefect's API with prefect.get_client(), or keep what you need in a "
        "Variable."
    )
    # instance = context.instance
    # return dg.RunRequest(run_key=newest(instance))


def binds_it_twice(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:34: context.instance (line 35) has no counterpart. Ask "
        "Prefect's API with prefect.get_client(), or keep what you need in a "
        "Variable."
    )
    # instance = context.instance
    # if context.cursor:
    #     instance = None
    # return dg.RunRequest(run_key=str(instance.get_runs()))


def newest(instance):
    return instance.get_records_max_run_id()
