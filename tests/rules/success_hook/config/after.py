from typing import Any

from prefect import State, Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.run_facts import task_config
from prefect_support.validations import run_logger


class Settings(BaseModel, extra="forbid"):
    rows: int = 3


def told(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    run_logger().info(Settings(**task_config()).rows)


@task(cache_policy=NO_CACHE)
def count(config: Settings) -> int:
    return config.rows


@flow(name="all_of_it", task_runner=ThreadPoolTaskRunner())
def all_of_it(
    count_config: Layered[Settings] = layered(Settings),  # noqa: B008
) -> State[Any]:
    count_future = count.with_options(on_completion=[told]).submit(count_config)
    return settle(count=count_future)
