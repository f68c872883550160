import dagster as dg


@dg.asset
def orders() -> None: ...


@dg.asset(automation_condition=dg.AutomationCondition.eager(), deps=[orders])
def revenue() -> None: ...


loaded = dg.load_assets_from_current_module(
    group_name="core",
    automation_condition=dg.AutomationCondition.on_cron("0 5 * * *"),
    backfill_policy=dg.BackfillPolicy.single_run(),
    source_key_prefix="raw",
)

defs = dg.Definitions(assets=loaded)
