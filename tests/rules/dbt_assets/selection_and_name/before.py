from pathlib import Path

from dagster import AssetExecutionContext
from dagster_dbt import DbtCliResource, dbt_assets

MANIFEST = Path("dbt/target/manifest.json")


@dbt_assets(manifest=MANIFEST, select="tag:daily", exclude="tag:slow", name="daily_models")
def models(context: AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream().fetch_row_counts()
