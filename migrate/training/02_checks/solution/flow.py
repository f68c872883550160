"""The same two checks in Prefect."""

from prefect import flow, get_run_logger, task
from prefect.assets import materialize

# Prefect has no word for a check: it is a task that looks at a value. What Dagster does with the verdict
# (stop what is downstream, or only note it) is written by you, in the task and in the flow.


class CheckFailed(Exception):
    """A blocking check did not hold."""


@materialize("asset://orders")
def orders(given: list[dict]) -> list[dict]:
    return given


@task
def every_order_has_a_price(orders: list[dict]) -> bool:
    without = [order["item"] for order in orders if order["price"] is None]
    if without:
        raise CheckFailed(f"without a price: {', '.join(without)}")
    return True


@task
def no_order_is_absurd(orders: list[dict]) -> bool:
    absurd = [order["item"] for order in orders if (order["price"] or 0) >= 10_000]
    if absurd:
        get_run_logger().warning("absurd price: %s", ", ".join(absurd))
    return not absurd


@materialize("asset://revenue", asset_deps=["asset://orders"])
def revenue(orders: list[dict]) -> int:
    return sum(order["price"] for order in orders)


@flow
def sales(given: list[dict]) -> int:
    found = orders(given)
    no_order_is_absurd(found)
    # A task that is called like a function raises when it fails: the line below is then never reached.
    # With .submit() you would say the same with `wait_for=[checked]`.
    every_order_has_a_price(found)
    return revenue(found)
