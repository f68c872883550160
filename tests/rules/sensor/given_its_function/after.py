from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@task(cache_policy=NO_CACHE)
def load() -> None:
    ...


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    load_future = load.submit()
    return settle(load=load_future)


@flow(name="files")
def files() -> int:
    return launch("files", _files, deployment="daily/daily")


def _files(context: SensorContext) -> list[RunRequest] | SkipReason:
    found = sorted(str(path) for path in Path("in").glob("*.csv") if str(path) > (context.cursor or ""))
    if not found:
        return SkipReason("nothing new")
    context.update_cursor(found[-1])
    return [RunRequest(run_key=path) for path in found]


@flow(name="always")
def always() -> int:
    return launch("always", _always, deployment="daily/daily")


def _always(_: SensorContext) -> RunRequest:
    return RunRequest(run_key="once")


def not_read(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:32: SensorDefinition not_read: it is not converted. Write it "
        "by hand, or ask for a rule."
    )
