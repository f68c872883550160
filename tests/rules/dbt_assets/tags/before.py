from pathlib import Path

from dagster import AssetExecutionContext
from dagster_dbt import DbtCliResource, dbt_assets

MANIFEST = Path("dbt/target/manifest.json")


@dbt_assets(manifest=MANIFEST, op_tags={"dagster/concurrency_key": "one_writer", "night": ""}, pool="duckdb")
def models(context: AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()
