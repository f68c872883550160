from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered
from prefect_support.flows import settle
from prefect_support.sensors import SensorContext, launch


class Load(BaseModel, extra="forbid"):
    day: str


@task(cache_policy=NO_CACHE)
def load(config: Load) -> str:
    return config.day


@task(cache_policy=NO_CACHE)
def tidy() -> None:
    ...


@flow(name="loading", task_runner=ThreadPoolTaskRunner())
def loading(load_config: Layered[Load]) -> State[Any]:
    load_future = load.submit(load_config)
    return settle(load=load_future)


@flow(name="tidying", task_runner=ThreadPoolTaskRunner())
def tidying() -> State[Any]:
    tidy_future = tidy.submit()
    return settle(tidy=tidy_future)


@flow(name="each_morning")
def each_morning() -> int:
    return launch("each_morning", _each_morning, deployment="loading/loading")


def _each_morning(context: SensorContext) -> Any:
    day = context.scheduled_execution_time.strftime("%Y-%m-%d")
    return {"ops": {"load": {"config": {"day": day}}}}


@flow(name="each_evening")
def each_evening() -> int:
    return launch("each_evening", _each_evening, deployment="tidying/tidying")


def _each_evening(_context: SensorContext) -> Any:
    return {}
