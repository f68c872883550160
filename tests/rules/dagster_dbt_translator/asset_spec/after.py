from pathlib import Path
from typing import Any

from prefect import task

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_naming import NodeNames
from prefect_support.dbt_project import DbtInvocation, DbtProject


class Prefixed(NodeNames):
    def get_asset_spec(self, manifest, unique_id, project) -> Any:
        spec = super().get_asset_spec(manifest, unique_id, project)
        return spec.replace_attributes(key=spec.key.with_prefix("eu"))


@dbt_models(Path("target/manifest.json"), names=Prefixed())
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


class Named(NodeNames):
    def get_asset_key(self, dbt_resource_props):
        return f"asset://own/{dbt_resource_props['name']}"


class Inherited(Named):
    pass


kept = Inherited()


@dbt_models(Path("target/manifest.json"), names=kept)
def named(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@task
def untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:37: its translator comes from elsewhere.chosen, which is not "
        "the project's. Write it as a class of the project, and convert again."
    )
    # yield from dbt.cli(["build"], context=context).stream()


def dbt() -> DbtProject:
    return DbtProject(project_dir=Path("dbt"))
