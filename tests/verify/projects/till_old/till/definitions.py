"""A till: one table, and checks of every sort."""

import os
from pathlib import Path

import duckdb
from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    Definitions,
    MaterializeResult,
    asset,
    asset_check,
    define_asset_job,
    multi_asset_check,
)


def count(query: str) -> int:
    with duckdb.connect(os.environ["TILL_DB"], read_only=True) as connection:
        return connection.execute(query).fetchone()[0] or 0


@asset
def sales() -> None: ...


@asset(check_specs=[AssetCheckSpec("written", asset="days"), AssetCheckSpec("numbered", asset="days")])
def days():
    written = AssetCheckResult(check_name="written", passed=count("select count(*) from sales") > 0)
    numbered = AssetCheckResult(check_name="numbered", passed=count("select max(id) from sales") < 100)
    yield MaterializeResult(asset_key="days", check_results=[written, numbered])


@multi_asset_check(specs=[AssetCheckSpec("some", asset="sales"), AssetCheckSpec("low", asset="sales")])
def several():
    yield AssetCheckResult(check_name="some", passed=count("select count(*) from sales") > 0)
    yield AssetCheckResult(check_name="low", passed=count("select max(id) from sales") < 100)


@asset_check(asset=sales, blocking=True)
def there_are_sales():
    return AssetCheckResult(passed=count("select count(*) from sales") > 0)


@asset_check(asset=sales)
def ids_are_unique():
    return AssetCheckResult(passed=count("select count(*) - count(distinct id) from sales") == 0)


@asset_check(asset=sales)
def amounts_are_positive():
    bad = count("select count(*) from sales where not amount > 0")
    return AssetCheckResult(passed=bad == 0, severity=AssetCheckSeverity.WARN)


@asset_check(asset=days)
def days_add_up():
    apart = count("select count(*) from days where cash + card <> total")
    return AssetCheckResult(passed=apart == 0)


@asset_check(asset=days)
def nothing_to_see():
    return AssetCheckResult(passed=True)


@asset_check(asset=days)
def prices_are_known():
    prices = Path(os.environ["TILL_DB"]).with_name("store") / "prices.parquet"
    with duckdb.connect() as connection:
        known = connection.execute(f"select count(price) from '{prices}'").fetchone()[0]
    return AssetCheckResult(passed=known == 2)


everything = define_asset_job("everything")
defs = Definitions(
    assets=[sales, days],
    asset_checks=[
        there_are_sales,
        ids_are_unique,
        amounts_are_positive,
        days_add_up,
        nothing_to_see,
        prices_are_known,
        several,
    ],
    jobs=[everything],
)
