"""The same three assets in Prefect. The first is done; the other two are yours."""

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


# TODO 1: make this a task that materializes asset://revenue, made from asset://orders (`asset_deps`).
def revenue(orders: list[dict]) -> dict[str, int]:
    raise NotImplementedError("TODO 1: copy the body of revenue from dagster_side.py")


# TODO 2: the same for asset://best_day, made from asset://revenue.
def best_day(revenue: dict[str, int]) -> str:
    raise NotImplementedError("TODO 2: copy the body of best_day from dagster_side.py")


# Dagster puts the graph together from argument names. In Prefect the flow's body is the graph:
# a value that one call returns and the next one takes is an edge.
@flow
def sales() -> str:
    # TODO 3: call the three tasks, each with what the one before it returned.
    raise NotImplementedError("TODO 3: wire the three tasks in the flow `sales`")
