"""The same three assets in Prefect."""

from prefect import flow
from prefect.assets import Asset, AssetProperties, materialize

# A Prefect asset is a name in the form of an address. What happens to it is recorded by the task that
# says it materializes it; the task is an ordinary Python function that runs when somebody calls it.
ORDERS = Asset(
    key="asset://orders",
    properties=AssetProperties(name="orders", description="Every order of the shop, as it came in."),
)


@materialize(ORDERS, tags=["group:sales"])
def orders() -> list[dict]:
    return [
        {"day": "2025-03-01", "item": "bicycle", "price": 400},
        {"day": "2025-03-01", "item": "bell", "price": 12},
        {"day": "2025-03-02", "item": "lamp", "price": 30},
    ]


@materialize("asset://revenue", asset_deps=[ORDERS], tags=["group:sales"])
def revenue(orders: list[dict]) -> dict[str, int]:
    days: dict[str, int] = {}
    for order in orders:
        days[order["day"]] = days.get(order["day"], 0) + order["price"]
    return days


@materialize("asset://best_day", asset_deps=["asset://revenue"], tags=["group:sales"])
def best_day(revenue: dict[str, int]) -> str:
    return max(revenue, key=revenue.__getitem__)


# Dagster puts the graph together from argument names. In Prefect the flow's body is the graph:
# a value that one call returns and the next one takes is an edge.
@flow
def sales() -> str:
    return best_day(revenue(orders()))
