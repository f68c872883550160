from pathlib import Path

from dagster import Definitions, job, op
from dagster_dbt import DbtCliResource

FOLDER = Path("dbt")


@op
def build(context, dbt: DbtCliResource) -> None:
    dbt.cli(["seed"], context=context).wait()
    dbt.cli(["run", "--full-refresh"]).wait()


@job
def nightly():
    build()


dbt = DbtCliResource(project_dir="dbt", profiles_dir=str(FOLDER), target="prod", dbt_executable="/opt/dbt")
defs = Definitions(jobs=[nightly], resources={"dbt": dbt})
