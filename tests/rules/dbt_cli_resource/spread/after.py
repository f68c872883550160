from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dbt_project import DbtProject
from prefect_support.flows import settle

PLACE = {"project_dir": "dbt", "target": "prod"}


@task(cache_policy=NO_CACHE)
def build(dbt: DbtProject) -> None:
    dbt.cli(["run"])


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    dbt_resource = dbt()

    build_future = build.submit(dbt_resource)
    return settle(build=build_future)


def dbt() -> DbtProject:
    return DbtProject(**PLACE)
