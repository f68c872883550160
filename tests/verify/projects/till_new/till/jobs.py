"""The same till, with three mistakes: a check never fails, one is too severe, one looks away."""

import os
from pathlib import Path

import duckdb
from prefect import flow
from prefect.assets import materialize
from prefect_support.validations import CheckResult, CheckSpec, Severity, report_checks, validation


def count(query: str) -> int:
    with duckdb.connect(os.environ["TILL_DB"], read_only=True) as connection:
        return connection.execute(query).fetchone()[0] or 0


@materialize("asset://sales")
def sales() -> None: ...


@materialize("asset://days")
def days() -> None:
    numbered = CheckResult(check_name="numbered", passed=count("select max(id) from sales") < 100)
    report_checks(days.checks, [CheckResult(check_name="written", passed=True), numbered])


days.checks = (CheckSpec("written", "asset://days"), CheckSpec("numbered", "asset://days"))


@validation(checks=[CheckSpec("some", "asset://sales"), CheckSpec("low", "asset://sales")])
def several() -> list[CheckResult]:
    some = CheckResult(check_name="some", passed=count("select count(*) from sales") > 0)
    return [some, CheckResult(check_name="low", passed=count("select max(id) from sales") < 100)]


@validation("asset://sales", blocking=True)
def there_are_sales() -> CheckResult:
    return CheckResult(passed=count("select count(*) from sales") > 0)


@validation("asset://sales")
def ids_are_unique() -> CheckResult:
    return CheckResult(passed=True)


@validation("asset://sales")
def amounts_are_positive() -> CheckResult:
    bad = count("select count(*) from sales where not amount > 0")
    return CheckResult(passed=bad == 0, severity=Severity.ERROR)


@validation("asset://days")
def days_add_up(table: str) -> CheckResult:
    apart = count(f"select count(*) from {table} where cash + card <> total")
    return CheckResult(passed=apart == 0)


@validation("asset://days")
def nothing_to_see() -> CheckResult:
    return CheckResult(passed=True)


@validation("asset://days")
def prices_are_known() -> CheckResult:
    prices = Path(os.environ["TILL_DB"]).with_name("store") / "prices.parquet"
    with duckdb.connect() as connection:
        known = connection.execute(f"select count(price) from '{prices}'").fetchone()[0]
    return CheckResult(passed=known >= 0)


@flow
def everything() -> None:
    sold = sales.submit()
    written = days.submit()
    there_are_sales.submit(wait_for=[sold])
    ids_are_unique.submit(wait_for=[sold])
    amounts_are_positive.submit(wait_for=[sold])
    days_add_up.submit("days", wait_for=[written])
    nothing_to_see.submit(wait_for=[written])
    prices_are_known.submit(wait_for=[written])
    several.submit(wait_for=[sold])
