from typing import Any

from prefect import State, Task, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.retries import constant
from prefect_support.validations import run_logger


class Settings(BaseModel, extra="forbid"):
    rows: int = 3
    name: str


def told(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    run_logger().info("failed")


@materialize(
    Asset(key="asset://small", properties=AssetProperties(name="small")),
    cache_policy=NO_CACHE,
)
def small(config: Settings) -> int:
    return config.rows


@materialize(
    Asset(key="asset://marts/large", properties=AssetProperties(name="large")),
    asset_deps=["asset://small"],
    retries=1,
    cache_policy=NO_CACHE,
)
def large(small: int, config: Settings) -> int:
    return small + config.rows


@flow(name="by_hand", task_runner=ThreadPoolTaskRunner(max_workers=4))
def by_hand() -> State[Any]:
    small_future = small.with_options(retries=3, retry_delay_seconds=constant(60, 3), on_failure=[told]).submit(
        Settings(rows=5, name="s")
    )
    large_future = large.with_options(on_failure=[told]).submit(
        small_future, Settings(name="l")
    )
    return settle(small=small_future, large=large_future)


@flow(name="by_objects", task_runner=ThreadPoolTaskRunner())
def by_objects() -> State[Any]:
    small_future = small.submit(Settings(name="objects"))
    return settle(small=small_future)
