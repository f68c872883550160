from collections.abc import Iterator
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import SensorContext, launch


@task(cache_policy=NO_CACHE)
def load():
    return 1


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    load_future = load.submit()
    return settle(load=load_future)


@flow(name="left_out", task_runner=ThreadPoolTaskRunner())
def left_out() -> State[Any]:
    load_future = load.submit()
    return settle(load=load_future)


@flow(name="files")
def files() -> int:
    return launch("files", _files, deployment="nightly/nightly")


def _files(_context: SensorContext) -> Iterator[None]:
    yield None
