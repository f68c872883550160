from pathlib import Path
from typing import Any

from prefect import get_run_logger

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject
from prefect_support.run_facts import run_tags
from prefect_support.task_context import TaskContext

MANIFEST = Path("dbt/target/manifest.json")


@dbt_models(MANIFEST)
def looked_at(dbt: DbtProject) -> None:
    invocation = dbt.cli(["build"])
    for result in invocation.get_artifact("run_results.json")["results"]:
        get_run_logger().debug(result["status"])


@dbt_models(MANIFEST, select="tag:a")
def twice(dbt: DbtProject) -> DbtInvocation:
    dbt.cli(["seed"])
    # the models read the seeds
    return dbt.cli(["run"])


@dbt_models(MANIFEST, select="tag:b")
def each(dbt: DbtProject) -> None:
    for command in ("seed", "run"):
        dbt.cli([command])


@dbt_models(MANIFEST, select="tag:c")
def one_of_two(dbt: DbtProject) -> DbtInvocation:
    if run_tags().get("full"):
        return dbt.cli(["build", "--full-refresh"])
    else:
        invocation = dbt.cli(["build"])
        return invocation


def ran(context: TaskContext, command):
    context.log.info(f"dbt {command}")
    try:
        context.resources.dbt.cli([command])
    finally:
        context.log.info("over")


@dbt_models(MANIFEST, select="tag:d")
def by_a_helper(dbt: Any) -> None:
    context = TaskContext(resources={"dbt": dbt})
    ran(context, "seed")
    ran(context, "run")
