from pathlib import Path
from typing import Any

from prefect import State, flow
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject
from prefect_support.flows import settle


@dbt_models(Path("target/manifest.json"))
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


# one of them in a variable
@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily_() -> State[Any]:
    dbt_resource = dbt()

    models_future = models.part(select="tag:daily", exclude="tag:slow").submit(
        dbt_resource
    )
    return settle(models=models_future)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    dbt_resource = dbt()

    models_future = models.submit(dbt_resource)
    return settle(models=models_future)


more = {"dbt_select": "tag:other"}


def untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:29: build_schedule_from_dbt_selection untold: it is not "
        "converted. Write it by hand, or ask for a rule."
    )


def dbt() -> DbtProject:
    return DbtProject(project_dir=Path("dbt"))
