from collections.abc import Iterator

from prefect import flow

from prefect_support.sensors import RunRequest, SensorContext, launch


def queue(*_args: object, **_kwargs: object) -> object:
    """Starts nothing."""
    raise NotImplementedError(
        "code.py:5: context.instance (line 7) has no counterpart. Take it from "
        "prefect.runtime, a parameter or a Prefect client, as the code needs."
    )
    # waiting = context.instance.get_runs_count(RunsFilter(statuses=[DagsterRunStatus.QUEUED]))
    # return SkipReason(f"{waiting} are waiting")


@flow(name="forgetful")
def forgetful() -> int:
    return launch("forgetful", _forgetful)


def _forgetful(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(run_key="one")
