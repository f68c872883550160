import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.slack_workspace import SlackWorkspace


class Named(SlackWorkspace):
    label: str = ""


def second() -> SlackWorkspace:
    return SlackWorkspace()


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(client: SlackWorkspace) -> None:
    client.get_client().chat_postMessage(channel="#data", text="done")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    client_resource = client()

    report_future = report.submit(client_resource)
    return settle(report=report_future)


def named() -> Named:
    return Named()


def client() -> SlackWorkspace:
    return SlackWorkspace(token=os.environ["SECRET"])
