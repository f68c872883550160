from collections.abc import Iterator

from prefect import flow

from prefect_support.found_runs import RunsFilter
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@flow(name="queue")
def queue() -> int:
    """Starts nothing."""
    return launch("queue", _queue)


def _queue(context: SensorContext) -> SkipReason:
    waiting = Recorded().get_runs_count(RunsFilter(statuses=["QUEUED"]))
    return SkipReason(f"{waiting} are waiting")


@flow(name="forgetful")
def forgetful() -> int:
    return launch("forgetful", _forgetful)


def _forgetful(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(run_key="one")
