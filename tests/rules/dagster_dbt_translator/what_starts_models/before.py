from pathlib import Path

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets

new = ~dg.AutomationCondition.in_progress() & dg.AutomationCondition.code_version_changed()


class Nightly(DagsterDbtTranslator):
    def get_automation_condition(self, dbt_resource_props):
        return dg.AutomationCondition.on_cron("0 3 * * *")

    def get_asset_key(self, dbt_resource_props):
        return super().get_asset_key(dbt_resource_props).with_prefix("shop")

    def get_tags(self, dbt_resource_props):
        return {"team": "shop"}


class Single(DagsterDbtTranslator):
    """Each model by itself."""

    def _condition(self, props) -> dg.AutomationCondition | None:
        return None if self._slow(props) else new

    def _slow(self, props):
        return "slow" in props["tags"]

    def _group(self, props):
        return props["fqn"][1]

    def get_asset_spec(self, manifest, unique_id, project: DbtProject | None) -> dg.AssetSpec:
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        condition = self._condition(props)
        return spec.replace_attributes(
            key=spec.key.with_prefix("eu"), group_name=self._group(props), automation_condition=condition
        ).merge_attributes(metadata={"uri": dg.MetadataValue.url("u")})


shop = DbtProject(project_dir="shop")


@dbt_assets(manifest=shop.manifest_path, project=shop, dagster_dbt_translator=Nightly())
def nightly(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(manifest=Path("target/manifest.json"), dagster_dbt_translator=Single())
def single(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


defs = dg.Definitions(assets=[nightly, single], resources={"dbt": DbtCliResource(project_dir="dbt")})
