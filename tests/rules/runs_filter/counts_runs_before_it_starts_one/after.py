from collections.abc import Iterator
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.found_runs import RunsFilter, found_runs
from prefect_support.recorded import Recorded
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


@flow(name="asks_more")
def asks_more() -> int:
    return launch("asks_more", _asks_more, deployment="nightly/nightly")


def _asks_more(context: SensorContext) -> Iterator[RunRequest]:
    for run in Recorded().get_runs(RunsFilter(tags={"a": "b"})):
        yield RunRequest(run_key=run.run_id)


@flow(name="filters_more")
def filters_more() -> int:
    return launch("filters_more", _filters_more, deployment="nightly/nightly")


def _filters_more(context: SensorContext) -> Iterator[RunRequest]:
    if not found_runs(RunsFilter(run_ids=["a"])):
        yield RunRequest()
