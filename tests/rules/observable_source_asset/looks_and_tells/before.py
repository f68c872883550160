from dagster import (
    AutomationCondition,
    DataVersion,
    Definitions,
    ObserveResult,
    asset,
    define_asset_job,
    observable_source_asset,
)


@observable_source_asset(
    key=["stripe", "charges"],
    group_name="stripe",
    tags={"tier": "raw"},
    automation_condition=AutomationCondition.on_cron("0 * * * *"),
)
def charges_seen(context) -> DataVersion:
    """Charges, as Stripe syncs them."""
    context.log.info("looking")
    return DataVersion("7")


@observable_source_asset(auto_observe_interval_minutes=5)
def coupons():
    return ObserveResult(data_version=DataVersion("1"), metadata={"rows": 12})


@asset(deps=[charges_seen, coupons])
def gold() -> int:
    return 1


look = define_asset_job("look", selection=[charges_seen])
make = define_asset_job("make", selection=[gold])
defs = Definitions(assets=[charges_seen, coupons, gold], jobs=[look, make])
