from collections.abc import Iterator
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.found_runs import RunsFilter, found_runs
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@task(cache_policy=NO_CACHE)
def work():
    return 1


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    work_future = work.submit()
    return settle(work=work_future)


@flow(name="hourly")
def hourly() -> int:
    return launch("hourly", _hourly, deployment="nightly/nightly")


def _hourly(context: SensorContext) -> RunRequest | SkipReason:
    run_records = found_runs(
        RunsFilter(job_name="nightly", statuses=["QUEUED", "STARTED"])
    )
    # one at a time
    if len(run_records) > 0:
        return SkipReason("it is still running")
    return RunRequest()


@flow(name="when_idle")
def when_idle() -> int:
    return launch("when_idle", _when_idle, deployment="nightly/nightly")


def _when_idle(context: SensorContext) -> Iterator[RunRequest]:
    if not found_runs(filters=RunsFilter(job_name="nightly", statuses=["STARTED"]), limit=1):
        yield RunRequest()


def asks_more(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:36: context.instance (line 37) has no counterpart. Take it "
        "from prefect.runtime, a parameter or a Prefect client, as the code "
        "needs."
    )
    # for run in context.instance.get_runs(RunsFilter(tags={"a": "b"})):
    #     yield dg.RunRequest(run_key=run.run_id)


def filters_more(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:42: a filter of runs by more than job_name, statuses and tags "
        "(line 43) has no counterpart. Ask Prefect's API with "
        "prefect.get_client()."
    )
    # if not context.instance.get_runs(RunsFilter(run_ids=["a"])):
    #     yield dg.RunRequest()
