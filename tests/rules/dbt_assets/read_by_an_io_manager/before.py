from pathlib import Path

import pandas as pd
from dagster import AssetExecutionContext, AssetIn, Definitions, asset, define_asset_job
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets
from dagster_duckdb_pandas import DuckDBPandasIOManager

project = DbtProject(project_dir=Path(__file__).parent / "dbt")


@dbt_assets(manifest=project.manifest_path)
def models(context: AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@asset(ins={"numbers": AssetIn(["marts", "numbers"])})
def total(numbers: pd.DataFrame) -> pd.DataFrame:
    """Reads the table that dbt makes."""
    return numbers.sum().to_frame().T


defs = Definitions(
    assets=[models, total],
    jobs=[define_asset_job("everything")],
    resources={
        "dbt": DbtCliResource(project_dir=project),
        "io_manager": DuckDBPandasIOManager(database="numbers.duckdb", schema="main"),
    },
)
