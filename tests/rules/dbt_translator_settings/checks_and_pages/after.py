from pathlib import Path

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_naming import NodeNames, NodeSettings
from prefect_support.dbt_project import DbtInvocation, DbtProject

plain = NodeNames(
    settings=NodeSettings(enable_asset_checks=False)
)


class Own(NodeNames):
    def __init__(self, settings: NodeSettings):
        super().__init__(settings=settings)


@dbt_models(Path("a.json"), names=plain)
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@dbt_models(
    Path("b.json"),
    names=Own(
        settings=NodeSettings()
    ),
)
def others(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


def dbt() -> DbtProject:
    return DbtProject(project_dir=Path("dbt"))
