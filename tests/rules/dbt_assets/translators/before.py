from pathlib import Path

import dagster as dg
from elsewhere import chosen
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets


class Prefixed(DagsterDbtTranslator):
    def get_asset_spec(self, manifest, unique_id, project) -> dg.AssetSpec:
        spec = super().get_asset_spec(manifest, unique_id, project)
        return spec.replace_attributes(key=spec.key.with_prefix("eu"))


@dbt_assets(manifest=Path("target/manifest.json"), dagster_dbt_translator=Prefixed())
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


class Named(DagsterDbtTranslator):
    def get_asset_key(self, dbt_resource_props):
        return dg.AssetKey(["own", dbt_resource_props["name"]])


class Inherited(Named):
    pass


kept = Inherited()


@dbt_assets(manifest=Path("target/manifest.json"), dagster_dbt_translator=kept)
def named(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(manifest=Path("target/manifest.json"), dagster_dbt_translator=chosen())
def untold(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


defs = dg.Definitions(assets=[models, named, untold], resources={"dbt": DbtCliResource(project_dir="dbt")})
