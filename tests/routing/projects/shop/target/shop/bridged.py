"""Everything of the shop, still done by Dagster."""

from shims.prefect_bridge import BridgedCheck, bridge_asset, bridge_check, bridge_job

orders = bridge_asset(["shop/orders"], source="shop/definitions.py:75", value=True)
totals = bridge_asset(
    ["shop/revenue", "shop/average"],
    asset_deps=["asset://shop/orders"],
    checks=[BridgedCheck("is_positive", "asset://shop/revenue")],
    name="totals",
)
orders_are_there = bridge_check("shop/orders", "orders_are_there", blocking=True)
orders_are_many = bridge_check("shop/orders", "orders_are_many")
broken = bridge_asset(["broken"], source="shop/definitions.py:113")
slow = bridge_asset(["slow"])
exits = bridge_asset(["exits"])
flaky = bridge_asset(["flaky"])
nobody = bridge_asset(["nobody"])
greeting = bridge_job("greeting")
