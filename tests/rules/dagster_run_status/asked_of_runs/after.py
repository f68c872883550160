from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.found_runs import Run, RunRecord, RunStatus, RunsFilter
from prefect_support.recorded import Recorded
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@task(cache_policy=NO_CACHE)
def work():
    return 1


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    work_future = work.submit()
    return settle(work=work_future)


WATCHED = [RunStatus.SUCCESS, RunStatus.FAILURE]


def told(record: RunRecord) -> str:
    run: Run = record.dagster_run
    return f"{run.run_id} of {run.job_name}: {run.status.value}, {run.tags.get('dagster/partition')}"


@flow(name="reports")
def reports() -> int:
    return launch("reports", _reports)


def _reports(context: SensorContext) -> SkipReason:
    since = datetime.fromtimestamp(float(context.cursor or 0), tz=timezone.utc)
    records = Recorded().get_run_records(RunsFilter(statuses=["SUCCESS", "FAILURE"], updated_after=since))
    for record in records:
        print(told(record))
        context.update_cursor(str(max(float(context.cursor or 0), record.end_time or 0)))
    return SkipReason(f"{len(records)} runs, {Recorded().get_runs_count()} in all")


@flow(name="at_most_hourly")
def at_most_hourly() -> int:
    return launch("at_most_hourly", _at_most_hourly, deployment="nightly/nightly")


def _at_most_hourly(context: SensorContext) -> Iterator[RunRequest]:
    if context.last_completion_time and context.last_completion_time > 3600:
        yield RunRequest(tags={"by": "at_most_hourly"})


def own_tags(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:41: a filter of runs by tags (line 42) has no counterpart. Ask "
        "Prefect's API with prefect.get_client()."
    )
    # if not context.instance.get_runs(dg.RunsFilter(tags={"dagster/schedule_name": "nightly"})):
    #     yield dg.RunRequest()
