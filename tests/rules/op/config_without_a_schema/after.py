from collections.abc import Iterator
from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch


class ProcessConfig(BaseModel, extra="allow"):
    """Config of `process`: whatever a run gives it."""


@task(cache_policy=NO_CACHE)
def process(config: ProcessConfig):
    name = config.name + config.model_dump()["schema"]
    get_run_logger().info(f"{name} of {config.model_dump()}")


@task(cache_policy=NO_CACHE)
def typed(config: dict):
    get_run_logger().info(str(config))


@flow(name="by_hand", task_runner=ThreadPoolTaskRunner())
def by_hand(
    process_config: Layered[ProcessConfig] = layered(ProcessConfig),  # noqa: B008
) -> State[Any]:
    process_future = process.submit(process_config)
    return settle(process=process_future)


@flow(name="fixed", task_runner=ThreadPoolTaskRunner())
def fixed() -> State[Any]:
    process_future = process.submit(ProcessConfig(name="a.txt"))
    return settle(process=process_future)


@flow(name="watch")
def watch() -> int:
    return launch("watch", _watch, deployment="by_hand/by_hand")


def _watch(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(run_key="1", parameters={"process_config": {"name": "b.txt"}})
