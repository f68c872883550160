from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel, Field

from prefect_support.flow_parameters import Layered
from prefect_support.flows import settle


class MakeConfig(BaseModel, extra="forbid"):
    """Config of `make`."""

    # how many
    rows: int = Field(default=3, description="Rows to make.")
    names: list[str]
    label: str | None = None


@task(cache_policy=NO_CACHE)
def make(config: MakeConfig) -> list[int]:
    limit = config.rows
    get_run_logger().info(str(dict(config.model_dump())))
    return list(range(limit))


@task(cache_policy=NO_CACHE)
def clean():
    get_run_logger().info("clean")


@task(name="shown", description="Shows.", tags=["team:vault"], cache_policy=NO_CACHE)
def show(rows: list[int]) -> None:
    create_table_artifact([{"rows": len(rows)}], key="shown")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything(make_config: Layered[MakeConfig]) -> State[Any]:
    make_future = make.submit(make_config)
    shown_future = show.submit(make_future)
    clean_future = clean.submit(wait_for=[make_future])
    return settle(make=make_future, shown=shown_future, clean=clean_future)
