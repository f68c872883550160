from collections.abc import Iterator
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.asset_records import EventRecordsFilter, EventType
from prefect_support.flows import settle
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, launch


@task(cache_policy=NO_CACHE)
def work():
    return 1


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    work_future = work.submit()
    return settle(work=work_future)


@flow(name="when_seen")
def when_seen() -> int:
    return launch("when_seen", _when_seen, deployment="nightly/nightly")


def _when_seen(context: SensorContext) -> Iterator[RunRequest]:
    kinds = EventRecordsFilter(EventType.ASSET_OBSERVATION, asset_key="asset://pond")
    if Recorded().get_event_records(kinds, limit=1):
        yield RunRequest()


def when_checked(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:22: DagsterEventType.ASSET_CHECK_EVALUATION (line 23) has no "
        "counterpart. Ask Prefect's API for the states of runs: "
        "prefect.get_client()."
    )
    # kinds = dg.EventRecordsFilter(dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    # if context.instance.get_event_records(kinds, limit=1):
    #     yield dg.RunRequest()
