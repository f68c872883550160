"""Two checks of one asset, in Dagster: a blocking one and a warning. `python dagster_side.py` runs it."""

import json

import dagster as dg

GOOD = [{"item": "bicycle", "price": 400}, {"item": "bell", "price": 12}]
UNPRICED = [{"item": "bicycle", "price": None}]
EXPENSIVE = [{"item": "yacht", "price": 90_000}]

INPUT = {"orders": GOOD}


@dg.asset
def orders() -> list[dict]:
    return INPUT["orders"]


# blocking: when it fails, nothing downstream runs, and the run fails.
@dg.asset_check(asset=orders, blocking=True)
def every_order_has_a_price(orders: list[dict]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=all(order["price"] is not None for order in orders))


# a warning: it is recorded that it failed, and the run goes on.
@dg.asset_check(asset=orders)
def no_order_is_absurd(orders: list[dict]) -> dg.AssetCheckResult:
    passed = all((order["price"] or 0) < 10_000 for order in orders)
    return dg.AssetCheckResult(passed=passed, severity=dg.AssetCheckSeverity.WARN)


@dg.asset
def revenue(orders: list[dict]) -> int:
    return sum(order["price"] for order in orders)


ALL = [orders, every_order_has_a_price, no_order_is_absurd, revenue]
defs = dg.Definitions(assets=[orders, revenue], asset_checks=[every_order_has_a_price, no_order_is_absurd])


def outcome(given: list[dict]) -> dict:
    INPUT["orders"] = given
    result = dg.materialize(ALL, raise_on_error=False)
    ran = [event.asset_key.to_user_string() for event in result.get_asset_materialization_events()]
    return {
        "success": result.success,
        "revenue": result.output_for_node("revenue") if "revenue" in ran else None,
        "verdicts": {e.check_name: e.passed for e in result.get_asset_check_evaluations()},
    }


if __name__ == "__main__":
    cases = {"good": GOOD, "unpriced": UNPRICED, "expensive": EXPENSIVE}
    print(json.dumps({name: outcome(given) for name, given in cases.items()}))
