import os
from functools import cache

import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets


@cache
def project() -> DbtProject:
    found = DbtProject(project_dir="dbt", target=os.environ["TARGET"], state_path="state")
    found.prepare_if_dev()
    return found


@dbt_assets(manifest=project().manifest_path)
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


defs = dg.Definitions(assets=[models], resources={"dbt": DbtCliResource(project_dir=project())})
