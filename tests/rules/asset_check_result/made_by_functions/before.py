from dagster import AssetCheckResult, AssetCheckSpec, Definitions, Output, asset


def has_rows(key, rows):
    return AssetCheckResult(asset_key=key, check_name="has_rows", passed=bool(rows))


def all_checks(key):
    yield AssetCheckResult(asset_key=key, check_name="has_rows", passed=True)
    yield AssetCheckResult(asset_key=key, check_name="is_new", passed=False)


@asset(check_specs=[AssetCheckSpec("has_rows", asset="orders")])
def orders():
    rows = [1]
    yield Output(rows)
    yield has_rows("orders", rows)


@asset(check_specs=[AssetCheckSpec("has_rows", asset="lines"), AssetCheckSpec("is_new", asset="lines")])
def lines():
    yield Output([])
    yield from all_checks("lines")


@asset
def broken():
    yield 1.0


defs = Definitions([orders, lines, broken])
