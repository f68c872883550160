from collections.abc import Iterator
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch, parameters_of


class Limits(BaseModel, extra="forbid"):
    rows: int = 10


@materialize(
    Asset(key="asset://raw/shop/orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(config: Limits) -> int:
    return config.rows


@materialize(
    Asset(key="asset://items", properties=AssetProperties(name="items")),
    cache_policy=NO_CACHE,
)
def items(config: Limits) -> int:
    return config.rows


@flow(name="job", task_runner=ThreadPoolTaskRunner())
def job(
    orders_config: Layered[Limits] = layered(Limits),  # noqa: B008
    items_config: Layered[Limits] = layered(Limits),  # noqa: B008
) -> State[Any]:
    orders_future = orders.submit(orders_config)
    items_future = items.submit(items_config)
    return settle(orders=orders_future, items=items_future)


def chosen(rows: int) -> dict:
    return {"ops": {"raw__shop__orders": {"config": {"rows": rows}}}}


@flow(name="watch")
def watch() -> int:
    return launch("watch", _watch, deployment="job/job")


def _watch(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(run_key="a", parameters={"orders_config": {"rows": 1}, "items_config": {"rows": 2}})
    yield RunRequest(run_key="b", parameters=parameters_of({"ops": {"raw__shop__orders": Limits(rows=3)}}, called={"raw__shop__orders": "orders"}))
    yield RunRequest(run_key="c", parameters=parameters_of({"ops": {"items": Limits(rows=4)}}))
    yield RunRequest(run_key="d", parameters=parameters_of(chosen(5), called={"raw__shop__orders": "orders"}))


def more(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:34: ScheduleDefinition more: its run config cannot be told by "
        "reading. Write a deployment in prefect.yaml."
    )
