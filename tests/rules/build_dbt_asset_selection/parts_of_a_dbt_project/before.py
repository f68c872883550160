from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource, build_dbt_asset_selection, dbt_assets


@dbt_assets(manifest=Path("target/manifest.json"), select="tag:daily", exclude="tag:slow")
def daily(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(manifest=Path("target/manifest.json"), select="tag:slow")
def slow(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dg.asset
def loaded() -> None: ...


some = build_dbt_asset_selection([daily], dbt_select="tag:shop", dbt_exclude="config.materialized:view")
part = dg.define_asset_job("part", selection=some)
with_more = dg.define_asset_job("with_more", selection=dg.AssetSelection.assets(loaded) | some)
whole = dg.define_asset_job("whole", selection=[loaded, slow])
two = dg.define_asset_job("two", selection=some | build_dbt_asset_selection([daily], dbt_select="tag:b"))
around = dg.define_asset_job("around", selection=some.downstream())
less = dg.define_asset_job("less", selection=dg.AssetSelection.all() - some)

defs = dg.Definitions(
    assets=[daily, slow, loaded],
    jobs=[part, with_more, whole, two, around, less],
    resources={"dbt": DbtCliResource(project_dir="dbt")},
)
