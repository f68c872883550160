"""The legacy project: four assets, values kept by Dagster's default IO manager."""

import dagster as dg


@dg.asset(group_name="sales")
def orders() -> list[int]:
    return [400, 12]


@dg.asset(group_name="sales")
def revenue(orders: list[int]) -> int:
    return sum(orders)


@dg.asset(group_name="reporting")
def report(revenue: int) -> str:
    return f"revenue: {revenue}"


@dg.asset(group_name="stock")
def stock() -> int:
    return 7


defs = dg.Definitions(assets=[orders, revenue, report, stock])
