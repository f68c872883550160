from collections.abc import Iterator

from prefect_support.validations import CheckResult, CheckSpec, Severity, validation

from .resources import Database


@validation("asset://raw_orders", blocking=True)
def orders_exist(database: Database) -> CheckResult:
    """Nothing to bake without orders."""
    with database.connect() as connection:
        rows = connection.execute("select count(*) from raw_orders").fetchone()[0]
    return CheckResult(passed=rows > 0, metadata={"rows": rows})


@validation("asset://raw_orders", blocking=True, description="Large orders are unusual.")
def quantities_are_small(database: Database) -> CheckResult:
    with database.connect() as connection:
        largest = connection.execute("select max(quantity) from raw_orders").fetchone()[0]
    return CheckResult(passed=largest < 5, severity=Severity.WARN, metadata={"largest": largest})


@validation(
    checks=[
        CheckSpec("has_products", asset="asset://fct_sales"),
        CheckSpec("amounts_are_round", asset="asset://fct_sales"),
    ]
)
def sales_checks(database: Database) -> Iterator[CheckResult]:
    with database.connect() as connection:
        frame = connection.execute("select * from fct_sales").df()
    yield CheckResult(asset="asset://fct_sales", check_name="has_products", passed=len(frame) > 0)
    yield CheckResult(
        asset="asset://fct_sales",
        check_name="amounts_are_round",
        passed=bool((frame["amount"] % 1 == 0).all()),
        severity=Severity.ERROR,
    )
