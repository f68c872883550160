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
    # TODO 1: a blocking check fails its task: raise CheckFailed unless every order has a price.
    raise NotImplementedError("TODO 1: the blocking check")


@task
def no_order_is_absurd(orders: list[dict]) -> bool:
    # TODO 2: a warning never fails its task: log a warning, and return the verdict.
    get_run_logger()
    raise NotImplementedError("TODO 2: the check that only warns")


@materialize("asset://revenue", asset_deps=["asset://orders"])
def revenue(orders: list[dict]) -> int:
    return sum(order["price"] for order in orders)


@flow
def sales(given: list[dict]) -> int:
    found = orders(given)
    no_order_is_absurd(found)
    # TODO 3: revenue must not start before the blocking check has passed. (Is it called here at all?)
    return revenue(found)
