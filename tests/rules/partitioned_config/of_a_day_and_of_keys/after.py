"""Config that the partition decides."""

from datetime import datetime
from typing import Annotated, Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.partition_runs import start_due
from prefect_support.partitioned_configs import stated, step_config
from prefect_support.partitions import partition_of
from prefect_support.time_windows import daily


# A table for each day.
table_of_a_day_partitions = daily(datetime(2024, 1, 1), timezone="Europe/Berlin")
TableOfADayPartitions = Annotated[str, table_of_a_day_partitions]


def table_of_a_day(start: datetime, _end: datetime):
    return {"ops": {"load": {"config": {"table": f"sales_{start:%Y%m%d}"}}}}


table_of_a_region_partitions = partition_of(["north", "south"])
TableOfARegionPartitions = Annotated[str, table_of_a_region_partitions]


def table_of_a_region(partition_key: str):
    return {"ops": {"load": {"config": {"table": f"sales_{partition_key}"}}}}


class LoadConfig(BaseModel, extra="forbid"):
    """Config of `load`."""

    table: str


@task(cache_policy=NO_CACHE)
def load(config: LoadConfig) -> str:
    return config.table


@task(cache_policy=NO_CACHE)
def report(table: str, partition_key: str) -> str:
    return f"{table} of {partition_key}"


@flow(name="sales_of_a_day", task_runner=ThreadPoolTaskRunner())
def sales_of_a_day(partition_key: TableOfADayPartitions) -> State[Any]:
    run_config = stated(
        table_of_a_day(*table_of_a_day_partitions.window(partition_key)), ["load"]
    )
    load_future = load.submit(step_config(run_config, "load", LoadConfig))
    report_future = report.submit(load_future, partition_key)
    return settle(load=load_future, report=report_future)


@flow(name="sales_of_a_region", task_runner=ThreadPoolTaskRunner())
def sales_of_a_region(partition_key: TableOfARegionPartitions) -> State[Any]:
    run_config = stated(table_of_a_region(partition_key), ["load"])
    load_future = load.submit(step_config(run_config, "load", LoadConfig))
    report_future = report.submit(load_future, partition_key)
    return settle(load=load_future, report=report_future)


@flow(name="sales_of_a_day_schedule")
def sales_of_a_day_schedule() -> int:
    return start_due(
        "sales_of_a_day_schedule",
        table_of_a_day_partitions,
        deployment="sales_of_a_day/sales_of_a_day",
    )
