"""The dbt project, as assets: one a model, seed and snapshot."""

import json
from collections.abc import Mapping
from typing import Any

from dagster import AssetExecutionContext
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets

from planalign.config import SimulationConfig
from planalign.partitions import simulation_years
from planalign.settings import DBT_MANIFEST, DBT_PROJECT

if not DBT_MANIFEST.exists():
    # dagster-dbt reads it at import: say what to do instead of showing its stack trace
    raise FileNotFoundError(
        f"There is no dbt manifest at {DBT_MANIFEST}. Make it first: "
        f"cd {DBT_PROJECT} && python -m dbt.cli.main parse --profiles-dir ."
    )


class FolderTranslator(DagsterDbtTranslator):
    """Groups the models as their folders do: staging, intermediate, marts, monitoring."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        if dbt_resource_props["resource_type"] == "model":
            # fqn is [project, folder, …, model]
            return dbt_resource_props["fqn"][1]
        return "reference_data"


@dbt_assets(
    manifest=DBT_MANIFEST,
    dagster_dbt_translator=FolderTranslator(),
    partitions_def=simulation_years,
)
def workforce_models(context: AssetExecutionContext, dbt: DbtCliResource, config: SimulationConfig):
    year = int(context.partition_key)
    variables = config.dbt_vars(year)
    context.log.info(f"Building {year} with seed {config.random_seed}")

    # JSON and not "{a: b}": the latter turned `auto_enroll: True` into a string once
    yield from dbt.cli(["build", "--vars", json.dumps(variables)], context=context).stream()
