from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    asset_check,
    multi_asset_check,
)

from .assets import raw_orders
from .resources import Database


@asset_check(asset=raw_orders, blocking=True)
def orders_exist(database: Database) -> AssetCheckResult:
    """Nothing to bake without orders."""
    with database.connect() as connection:
        rows = connection.execute("select count(*) from raw_orders").fetchone()[0]
    return AssetCheckResult(passed=rows > 0, metadata={"rows": rows})


@asset_check(asset=raw_orders, blocking=True, description="Large orders are unusual.")
def quantities_are_small(database: Database) -> AssetCheckResult:
    with database.connect() as connection:
        largest = connection.execute("select max(quantity) from raw_orders").fetchone()[0]
    return AssetCheckResult(
        passed=largest < 5, severity=AssetCheckSeverity.WARN, metadata={"largest": largest}
    )


@multi_asset_check(
    specs=[
        AssetCheckSpec("has_products", asset=AssetKey("fct_sales")),
        AssetCheckSpec("amounts_are_round", asset=AssetKey("fct_sales")),
    ]
)
def sales_checks(database: Database):
    with database.connect() as connection:
        frame = connection.execute("select * from fct_sales").df()
    yield AssetCheckResult(asset_key=AssetKey("fct_sales"), check_name="has_products", passed=len(frame) > 0)
    yield AssetCheckResult(
        asset_key=AssetKey("fct_sales"),
        check_name="amounts_are_round",
        passed=bool((frame["amount"] % 1 == 0).all()),
        severity=AssetCheckSeverity.ERROR,
    )
