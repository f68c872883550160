from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.task_runners import ThreadPoolTaskRunner
from prefect_support.flows import output, settle
from prefect_support.retries import linear
from pydantic import BaseModel

from shop import assets, resources
from shop.assets import PriceConfig, Years


@flow(name="refresh", task_runner=ThreadPoolTaskRunner(max_workers=1))
def refresh(partition_key: Years, orders_config: PriceConfig = PriceConfig()) -> State[Any]:  # noqa: B008
    database = resources.database()
    get_run_logger().info("wiring")

    receipts = assets.receipts.submit(database)
    receipts_exist = assets.receipts_exist.submit(database, wait_for=[receipts])
    orders = assets.orders.submit(orders_config, partition_key, wait_for=[receipts, receipts_exist])
    orders_are_small = assets.orders_are_small.submit(wait_for=[orders])
    customers = assets.customers.submit()
    figures = assets.figures.submit(orders, customers)
    window = assets.window.submit(partition_key, wait_for=[output(figures, "best")])
    return settle(
        receipts=receipts,
        receipts_exist=receipts_exist,
        orders=orders,
        orders_are_small=orders_are_small,
        customers=customers,
        figures=figures,
        window=window,
    )


@flow(task_runner=ThreadPoolTaskRunner(max_workers=1))
def publish() -> State[Any]:
    return settle(published=[published.submit() for published in assets.published_years])


class PlanConfig(BaseModel):
    first: int = 2025
    last: int = 2027


@task
def plan(config: PlanConfig) -> list[int]:
    raise AssertionError("a task ran")


@task(retries=2, retry_delay_seconds=linear(5, 2), tags={"press"})
def prepare() -> None:
    raise AssertionError("a task ran")


@task
def load(years: list[int]) -> int:
    raise AssertionError("a task ran")


@task
def report(loaded: int, title: str = "all") -> None:
    raise AssertionError("a task ran")


@flow(name="rebuild", task_runner=ThreadPoolTaskRunner(max_workers=1))
def rebuild(plan_config: PlanConfig = PlanConfig()) -> State[Any]:  # noqa: B008
    years = plan.submit(plan_config)
    ready = prepare.submit()
    loaded = load.submit(years, wait_for=[ready])
    reported = report.submit(loaded)
    return settle(plan=years, prepare=ready, load=loaded, report=reported)
