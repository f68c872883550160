import dagster as dg


@dg.asset(group_name="raw", tags={"tier": "one"})
def orders() -> None: ...


@dg.asset(deps=[orders], kinds={"python"}, owners=["team:sales"])
def revenue() -> None: ...


@dg.multi_asset(specs=[dg.AssetSpec("north", deps=[revenue]), dg.AssetSpec("south")], can_subset=True)
def regions() -> None: ...


gold_job = dg.define_asset_job(
    "gold_job", selection='tag:tier=one+ and not key:"*th"', tags={"team": "data"}, run_tags={"cost": "low"}
)
ends_job = dg.define_asset_job("ends_job", selection="sinks(*)")
half_job = dg.define_asset_job("half_job", selection="+north")
column_job = dg.define_asset_job("column_job", selection="column:id", hooks=set())
lost_job = dg.define_asset_job("lost_job", selection=dg.AssetSelection.assets("elsewhere").downstream())

defs = dg.Definitions(
    assets=[orders, revenue, regions], jobs=[gold_job, ends_job, half_job, column_job, lost_job]
)
