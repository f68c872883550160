"""A shop's orders and what they bring in a day, in Dagster. `python dagster_side.py` runs it."""

import json

import dagster as dg


@dg.asset(group_name="sales", description="Every order of the shop, as it came in.")
def orders() -> list[dict]:
    return [
        {"day": "2025-03-01", "item": "bicycle", "price": 400},
        {"day": "2025-03-01", "item": "bell", "price": 12},
        {"day": "2025-03-02", "item": "lamp", "price": 30},
    ]


@dg.asset(group_name="sales")
def revenue(orders: list[dict]) -> dict[str, int]:
    # Dagster finds the upstream asset by the name of the argument.
    days: dict[str, int] = {}
    for order in orders:
        days[order["day"]] = days.get(order["day"], 0) + order["price"]
    return days


@dg.asset(group_name="sales")
def best_day(revenue: dict[str, int]) -> str:
    return max(revenue, key=revenue.__getitem__)


defs = dg.Definitions(assets=[orders, revenue, best_day])

if __name__ == "__main__":
    result = dg.materialize([orders, revenue, best_day])
    made = {key: result.output_for_node(key) for key in ("orders", "revenue", "best_day")}
    print(json.dumps(made))
