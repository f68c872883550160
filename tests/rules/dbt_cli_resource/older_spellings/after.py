"""Resources as Dagster's libraries spelled them first."""

import os
from pathlib import Path

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.dbt_project import DbtProject

HERE = os.path.dirname(__file__)
CONFIG = {"project_dir": HERE, "target": "dev"}


def local() -> DbtProject:
    return DbtProject(project_dir=HERE, profiles_dir=Path(os.environ["PROFILES"]), target="local")


def client() -> DbtProject:
    return DbtProject(project_dir=HERE, profiles_dir=HERE)


@materialize(
    Asset(key="asset://models", properties=AssetProperties(name="models")),
    cache_policy=NO_CACHE,
)
def models(local: DbtProject, client: DbtProject, told: DbtProject) -> None:
    local.cli(["build"])


def told() -> DbtProject:
    return DbtProject(**CONFIG)
