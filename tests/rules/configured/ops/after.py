from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered
from prefect_support.flows import settle


class MakeConfig(BaseModel, extra="forbid"):
    """Config of `make`."""

    rows: int
    name: str = "a"


@task(cache_policy=NO_CACHE)
def make(config: MakeConfig) -> int:
    return config.rows


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything(asked_config: Layered[MakeConfig]) -> State[Any]:
    few_future = make.with_options(name="few").submit(MakeConfig(rows=3))
    many_future = make.with_options(name="many").submit(MakeConfig(rows=300, name="b"))
    asked_future = make.with_options(name="asked").submit(asked_config)
    return settle(few=few_future, many=many_future, asked=asked_future)
