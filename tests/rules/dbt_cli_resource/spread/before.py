from dagster import Definitions, job, op
from dagster_dbt import DbtCliResource

PLACE = {"project_dir": "dbt", "target": "prod"}


@op
def build(dbt: DbtCliResource) -> None:
    dbt.cli(["run"]).wait()


@job
def nightly():
    build()


defs = Definitions(jobs=[nightly], resources={"dbt": DbtCliResource(**PLACE)})
