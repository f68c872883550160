from pathlib import Path
from typing import Any

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_naming import NodeNames
from prefect_support.dbt_project import DbtInvocation, DbtProject


class Nightly(NodeNames):
    def get_asset_key(self, dbt_resource_props):
        return super().get_asset_key(dbt_resource_props).with_prefix("shop")

    def get_tags(self, dbt_resource_props):
        return {"team": "shop"}


class Single(NodeNames):
    """Each model by itself."""

    def _slow(self, props):
        return "slow" in props["tags"]

    def _group(self, props):
        return props["fqn"][1]

    def get_asset_spec(self, manifest, unique_id, project: DbtProject | None) -> Any:
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        return spec.replace_attributes(
            key=spec.key.with_prefix("eu"), group_name=self._group(props)
        ).merge_attributes(metadata={"uri": "u"})


shop = DbtProject(project_dir=Path("shop"))


@dbt_models(shop.manifest_path, names=Nightly(), project=shop)
def nightly(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@dbt_models(Path("target/manifest.json"), names=Single())
def single(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


def dbt() -> DbtProject:
    return DbtProject(project_dir=Path("dbt"))
