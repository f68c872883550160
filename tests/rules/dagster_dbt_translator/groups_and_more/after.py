from pathlib import Path

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_naming import NodeNames
from prefect_support.dbt_project import DbtInvocation, DbtProject


class Folders(NodeNames):
    """By folder."""

    def get_group_name(self, dbt_resource_props):
        return dbt_resource_props["fqn"][1]

    def get_description(self, dbt_resource_props):
        return "a model"


@dbt_models(Path("manifest.json"), names=Folders())
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])
