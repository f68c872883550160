import logging
from typing import Any

from prefect import State, flow, get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.task_context import TaskContext


class Safe(BaseModel):
    path: str = "/safe"


class Settings(BaseModel, extra="forbid"):
    rows: int = 3


def logger_of(context: TaskContext = None) -> logging.LoggerAdapter | None:
    if context is None:
        return None
    return context.log


class Teller:
    def __init__(self, context: TaskContext) -> None:
        self.context = context

    def tell(self) -> None:
        logger_of(self.context).info(self.context.run_id)


def look(safe: Safe) -> int:
    return len(safe.path)


def look_and_keep(context: TaskContext) -> int:
    kept = context
    return look(context.resources.safe) + kept.retry_number + context.op_config["rows"]


def plainly() -> None:
    get_run_logger().info("plain")


def asks_the_instance(ctx) -> None:
    ctx.instance.get_runs()


@materialize(
    Asset(
        key="asset://gold",
        properties=AssetProperties(name="gold", description="All of it."),
    ),
    cache_policy=NO_CACHE,
)
def gold(safe: Safe, config: Settings) -> int:
    """All of it."""
    context = TaskContext("asset://gold", config=config, resources={"safe": safe})
    plainly()
    Teller(context).tell()
    return look_and_keep(context)


@materialize(
    Asset(key="asset://lead", properties=AssetProperties(name="lead")),
    cache_policy=NO_CACHE,
)
def lead() -> None:
    context = TaskContext("asset://lead")
    asks_the_instance(context)


@flow(name="count", task_runner=ThreadPoolTaskRunner())
def count(
    gold_config: Layered[Settings] = layered(Settings),  # noqa: B008
) -> State[Any]:
    safe_resource = safe()

    gold_future = gold.submit(safe_resource, gold_config)
    return settle(gold=gold_future)


def safe() -> Safe:
    return Safe()
