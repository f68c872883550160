"""Cows, milk, prices, income: three tables, a value in the farm's own store, two in Dagster's; two groups."""

import os
from pathlib import Path

import duckdb
from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetExecutionContext,
    AssetSelection,
    Definitions,
    MaterializeResult,
    RunRequest,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    define_asset_job,
    in_process_executor,
    schedule,
)

from farm.storage import json_store

years = StaticPartitionsDefinition(["2025", "2026"])


def write(table: str, query: str, year: int) -> int:
    with duckdb.connect(os.environ["FARM_DB"]) as connection:
        connection.execute(f"create table if not exists {table} as select * from ({query}) limit 0")
        connection.execute(f"delete from {table} where year = {year}")
        connection.execute(f"insert into {table} {query}")
        return connection.execute(f"select count(*) from {table} where year = {year}").fetchone()[0]


@asset(partitions_def=years, group_name="barn")
def cows(context: AssetExecutionContext) -> str:
    return str(Path(os.environ["FARM_DATA"], "cows.csv"))


@asset(partitions_def=years, group_name="barn")
def herd(context: AssetExecutionContext, cows: str) -> MaterializeResult:
    query = f"select {context.partition_key} as year, * from read_csv('{cows}')"
    rows = write("herd", query, int(context.partition_key))
    context.log.info(f"{rows} cows")
    return MaterializeResult(metadata={"rows": rows})


@asset(partitions_def=years, group_name="barn", deps=[herd])
def milk(context: AssetExecutionContext) -> None:
    year = int(context.partition_key)
    write(
        "milk", f"select year, kind, sum(litres) as litres from herd where year = {year} group by all", year
    )


@asset(group_name="market", io_manager_key="json_store")
def prices() -> dict:
    return {"brown": 2, "white": 3}


@asset(group_name="market")
def tax() -> int:
    return 2


@asset(partitions_def=years, group_name="market", deps=[milk])
def income(context: AssetExecutionContext, prices: dict, tax: int) -> None:
    year = int(context.partition_key)
    cases = " ".join(f"when '{kind}' then {price}" for kind, price in prices.items())
    write(
        "income",
        f"select year, kind, litres * case kind {cases} end / {tax} as money from milk where year = {year}",
        year,
    )


@asset_check(asset=herd, blocking=True)
def cows_are_there() -> AssetCheckResult:
    with duckdb.connect(os.environ["FARM_DB"]) as connection:
        rows = connection.execute("select count(*) from herd").fetchone()[0]
    return AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@asset_check(asset=income)
def everybody_is_rich() -> AssetCheckResult:
    return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN)


close_year = define_asset_job("close_year", AssetSelection.all(), partitions_def=years)


@schedule(job=close_year, cron_schedule="0 6 * * *", execution_timezone="Europe/Berlin")
def daily():
    return RunRequest(partition_key="2025")


defs = Definitions(
    assets=[cows, herd, milk, prices, tax, income],
    asset_checks=[cows_are_there, everybody_is_rich],
    jobs=[close_year],
    schedules=[daily],
    resources={"json_store": json_store},
    executor=in_process_executor,
)
