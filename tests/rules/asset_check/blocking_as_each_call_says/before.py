import os

import dagster as dg


@dg.asset
def orders() -> list[int]:
    return [1]


@dg.asset(deps=[orders])
def bills() -> None: ...


def small(table: str, strict: bool):
    @dg.asset_check(asset=table, name="small", blocking=strict)
    def _check() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    return _check


def always(table: str):
    @dg.asset_check(asset=table, name="always", blocking=True)
    def _check() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    return _check


@dg.asset_check(asset=orders, blocking=bool(os.environ.get("STRICT")))
def told_by_the_environment() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


checks = [small("orders", True), small("bills", False), always("orders")]
defs = dg.Definitions(assets=[orders, bills], asset_checks=[told_by_the_environment, *checks])
