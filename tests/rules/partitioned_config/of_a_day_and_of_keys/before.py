"""Config that the partition decides."""

from datetime import datetime

from dagster import (
    Definitions,
    build_schedule_from_partitioned_job,
    daily_partitioned_config,
    job,
    op,
    static_partitioned_config,
)


# A table for each day.
@daily_partitioned_config(start_date=datetime(2024, 1, 1), timezone="Europe/Berlin")
def table_of_a_day(start: datetime, _end: datetime):
    return {"ops": {"load": {"config": {"table": f"sales_{start:%Y%m%d}"}}}}


@static_partitioned_config(partition_keys=["north", "south"], tags_for_partition_key_fn=lambda key: {"of": key})
def table_of_a_region(partition_key: str):
    return {"ops": {"load": {"config": {"table": f"sales_{partition_key}"}}}}


@op(config_schema={"table": str})
def load(context) -> str:
    return context.op_config["table"]


@op
def report(context, table: str) -> str:
    return f"{table} of {context.partition_key}"


@job(config=table_of_a_day)
def sales_of_a_day():
    report(load())


@job(config=table_of_a_region)
def sales_of_a_region():
    report(load())


defs = Definitions(
    jobs=[sales_of_a_day, sales_of_a_region],
    schedules=[build_schedule_from_partitioned_job(sales_of_a_day, hour_of_day=3)],
)
