from pathlib import Path

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject

MANIFEST = Path("dbt/target/manifest.json")


@dbt_models(
    MANIFEST, tags=["dagster/concurrency_key:one_writer", "night", "pool:duckdb"]
)
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])
