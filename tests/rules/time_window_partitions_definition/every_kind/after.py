from datetime import datetime
from typing import Annotated, Any

from prefect import State, flow, get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.time_windows import TimeWindows, daily, hourly, monthly, weekly

START = "2024-01-01"

# one a day, in Berlin
days = daily(START, timezone="Europe/Berlin", end_offset=1)
Days = Annotated[str, days]
hours = hourly("2024-01-01-00:00", minute=15)
Hours = Annotated[str, hours]
weeks = weekly(START, "2024-12-30", day=1)
Weeks = Annotated[str, weeks]
months = monthly(datetime(2024, 1, 1), fmt="%Y-%m", hour=3)
Months = Annotated[str, months]
workdays = TimeWindows("0 0 * * 1-5", START, fmt="%Y-%m-%d")
Workdays = Annotated[str, workdays]
quiet = daily(START, fmt="%Y-%m-%d")
Quiet = Annotated[str, quiet]


def months_since(start: str) -> TimeWindows:
    return monthly(start)


@materialize(
    Asset(
        key="asset://sales",
        properties=AssetProperties(name="sales", description="The sales of a day."),
    ),
    cache_policy=NO_CACHE,
)
def sales(partition_key: str) -> None:
    """The sales of a day."""
    start, end = days.window(partition_key)
    get_run_logger().info("%s to %s, %s before", start, end, days.latest())


visits_partitions = weekly(START)
VisitsPartitions = Annotated[str, visits_partitions]


@materialize(
    Asset(
        key="asset://visits",
        properties=AssetProperties(name="visits", description="The visits of a week."),
    ),
    cache_policy=NO_CACHE,
)
def visits(partition_key: str) -> None:
    """The visits of a week."""
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


@flow(name="visits_job", task_runner=ThreadPoolTaskRunner())
def visits_job(partition_key: VisitsPartitions) -> State[Any]:
    visits_future = visits.submit(partition_key)
    return settle(visits=visits_future)


@flow(name="visits_job_backfill")
def visits_job_backfill(
    first: VisitsPartitions,
    last: VisitsPartitions,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(
        visits_job, visits_partitions.between(first, last), state=state, inputs=inputs
    )
