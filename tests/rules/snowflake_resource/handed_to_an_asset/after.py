import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.snowflake_account import SnowflakeAccount


class Named(SnowflakeAccount):
    label: str = ""


def second() -> SnowflakeAccount:
    return SnowflakeAccount()


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(client: SnowflakeAccount) -> None:
    with client.get_connection() as conn:
        conn.cursor().execute("select 1")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    client_resource = client()

    report_future = report.submit(client_resource)
    return settle(report=report_future)


def named() -> Named:
    return Named()


def client() -> SnowflakeAccount:
    return SnowflakeAccount(account=os.environ["SECRET"])
