import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.bigquery_project import BigQueryProject
from prefect_support.flows import settle


class Named(BigQueryProject):
    label: str = ""


def second() -> BigQueryProject:
    return BigQueryProject()


def costs() -> BigQueryProject:
    return BigQueryProject(project="p")


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(client: BigQueryProject) -> None:
    with client.get_client() as conn:
        conn.query("select 1")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    client_resource = client()

    report_future = report.submit(client_resource)
    return settle(report=report_future)


def named() -> Named:
    return Named()


def client() -> BigQueryProject:
    return BigQueryProject(project=os.environ["SECRET"])
