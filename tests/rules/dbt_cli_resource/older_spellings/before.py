"""Resources as Dagster's libraries spelled them first."""

import os

from dagster import Definitions, asset
from dagster_dbt import DbtCliClientResource, dbt_cli_resource

HERE = os.path.dirname(__file__)
CONFIG = {"project_dir": HERE, "target": "dev"}
local = dbt_cli_resource.configured(
    {
        "project-dir": HERE,  # with a hyphen, as dbt itself
        "profiles_dir": {"env": "PROFILES"},
        "target": "local",
    }
)
client = DbtCliClientResource(project_dir=HERE, profiles_dir=HERE)


@asset(required_resource_keys={"local", "client", "told"})
def models(context) -> None:
    context.resources.local.cli(["build"]).wait()


defs = Definitions(
    assets=[models],
    resources={"local": local, "client": client, "told": dbt_cli_resource.configured(CONFIG)},
)
