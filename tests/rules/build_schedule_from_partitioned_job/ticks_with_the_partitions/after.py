from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.partition_runs import start_due
from prefect_support.partitions import MultiKey, MultiPartitions, partition_of
from prefect_support.time_windows import daily, monthly

days = daily("2024-01-01", timezone="America/New_York", hour=2)
Days = Annotated[str, days]
months = monthly("2024-01-01")
Months = Annotated[str, months]
both = MultiPartitions(
    {"month": months, "country": partition_of(["de", "fr"])}
)
Both = Annotated[str, both]


@materialize(
    Asset(key="asset://sales", properties=AssetProperties(name="sales")),
    cache_policy=NO_CACHE,
)
def sales(partition_key: str) -> None:
    print(partition_key)


@materialize(
    Asset(key="asset://totals", properties=AssetProperties(name="totals")),
    cache_policy=NO_CACHE,
)
def totals(partition_key: MultiKey) -> None:
    print(partition_key)


@flow(name="sales_job", task_runner=ThreadPoolTaskRunner())
def sales_job(partition_key: Days) -> State[Any]:
    sales_future = sales.submit(partition_key)
    return settle(sales=sales_future)


@flow(name="sales_job_backfill")
def sales_job_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(sales_job, days.between(first, last), state=state, inputs=inputs)


@flow(name="totals_job", task_runner=ThreadPoolTaskRunner())
def totals_job(partition_key: Both) -> State[Any]:
    totals_future = totals.submit(partition_key)
    return settle(totals=totals_future)


@flow(name="totals_job_backfill")
def totals_job_backfill(
    first: Both,
    last: Both,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(totals_job, both.between(first, last), state=state, inputs=inputs)


# each day, a little later
@flow(name="sales_job_schedule")
def sales_schedule() -> int:
    return start_due("sales_job_schedule", days, deployment="sales_job/sales_job")


@flow(name="monthly_totals")
def totals_schedule() -> int:
    return start_due("monthly_totals", both, deployment="totals_job/totals_job")


def unknown(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:27: build_schedule_from_partitioned_job unknown: its job "
        "cannot be told by reading. Write a deployment by hand."
    )
