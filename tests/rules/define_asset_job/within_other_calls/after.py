from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.partition_runs import start_due
from prefect_support.time_windows import daily

days = daily("2026-01-01")
Days = Annotated[str, days]


@materialize(
    Asset(key="asset://sales", properties=AssetProperties(name="sales")),
    cache_policy=NO_CACHE,
)
def sales(partition_key: str) -> str:
    return partition_key


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report() -> str:
    return "all"


# every night
@flow(name="nightly-sales", task_runner=ThreadPoolTaskRunner())
def nightly_sales(partition_key: Days) -> State[Any]:
    sales_future = sales.submit(partition_key)
    return settle(sales=sales_future)


@flow(name="nightly-sales_backfill")
def nightly_sales_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(
        nightly_sales, days.between(first, last), state=state, inputs=inputs
    )


@flow(name="nightly-sales_schedule")
def nightly() -> int:
    return start_due(
        "nightly-sales_schedule", days, deployment="nightly-sales/nightly-sales"
    )


@flow(name="weekly_report", task_runner=ThreadPoolTaskRunner())
def weekly_report() -> State[Any]:
    report_future = report.submit()
    return settle(report=report_future)
