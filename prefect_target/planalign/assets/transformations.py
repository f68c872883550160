"""The dbt project, as assets: one a model, seed and snapshot."""

import json
from collections.abc import Mapping
from typing import Any

from prefect import get_run_logger

from planalign.config import SimulationConfig
from planalign.settings import DBT_MANIFEST, DBT_PROJECT
from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_naming import NodeNames
from prefect_support.dbt_project import DbtInvocation, DbtProject

if not DBT_MANIFEST.exists():
    # dagster-dbt reads it at import: say what to do instead of showing its stack trace
    raise FileNotFoundError(
        f"There is no dbt manifest at {DBT_MANIFEST}. Make it first: "
        f"cd {DBT_PROJECT} && python -m dbt.cli.main parse --profiles-dir ."
    )


class FolderTranslator(NodeNames):
    """Groups the models as their folders do: staging, intermediate, marts, monitoring."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        if dbt_resource_props["resource_type"] == "model":
            # fqn is [project, folder, …, model]
            return dbt_resource_props["fqn"][1]
        return "reference_data"


@dbt_models(DBT_MANIFEST, names=FolderTranslator())
def workforce_models(dbt: DbtProject, config: SimulationConfig, partition_key: str) -> DbtInvocation:
    year = int(partition_key)
    variables = config.dbt_vars(year)
    get_run_logger().info(f"Building {year} with seed {config.random_seed}")

    # JSON and not "{a: b}": the latter turned `auto_enroll: True` into a string once
    return dbt.cli(["build", "--vars", json.dumps(variables)])
