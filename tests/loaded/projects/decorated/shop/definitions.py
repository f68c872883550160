"""Assets below the house's own decorators."""

import dagster as dg

from shop.house import house_asset, logged_asset


@house_asset("raw", tags={"tier": "bronze"})
def orders() -> None:
    """The orders."""
    print("orders")


@house_asset(owner="marts", deps=[orders])
def summary(context: dg.AssetExecutionContext) -> None:
    context.log.info("summary")


@logged_asset("slow")
def report() -> None:
    print("report")


marts_job = dg.define_asset_job("marts_job", selection=dg.AssetSelection.groups("marts"))

defs = dg.Definitions(assets=[orders, summary, report], jobs=[marts_job])
