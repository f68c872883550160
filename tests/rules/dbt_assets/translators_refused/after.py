from pathlib import Path

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject


class Prefixed:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:8: DagsterDbtTranslator Prefixed: its get_asset_spec makes "
            "keys that the target would not have. Write get_asset_key and "
            "get_group_name instead, and convert again."
        )


def models(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: of its translator, its get_asset_spec makes keys that the "
        "target would not have. Write get_asset_key and get_group_name instead, "
        "and convert again."
    )
    # yield from dbt.cli(["build"], context=context).stream()


class Named:
    def get_asset_key(self, dbt_resource_props):
        return f"asset://own/{dbt_resource_props['name']}"


class Inherited(Named):
    pass


kept = Inherited()


@dbt_models(Path("target/manifest.json"), asset_key=kept.get_asset_key)
def named(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


def untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:37: the class of its translator cannot be told by reading. "
        "Name the class in the decorator."
    )
    # yield from dbt.cli(["build"], context=context).stream()


def dbt() -> DbtProject:
    return DbtProject(project_dir=Path("dbt"))
