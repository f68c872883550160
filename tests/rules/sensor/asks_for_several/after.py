import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> int:
    return 1


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    orders_future = orders.submit()
    return settle(orders=orders_future)


@flow(name="files")
def files() -> int:
    return launch("files", _files, deployment="nightly/nightly")


def _files(context: SensorContext) -> list[RunRequest] | SkipReason:
    found = sorted(os.listdir("incoming"))
    if not found:
        return SkipReason("nothing there")
    return [RunRequest(run_key=name) for name in found]


@flow(name="folders")
def folders() -> int:
    return launch("folders", _folders, deployment="nightly/nightly")


def _folders(context: SensorContext) -> list[RunRequest]:
    requests = []
    for name in sorted(os.listdir("incoming")):
        requests.append(RunRequest(run_key=name))
    return requests


@flow(name="one_or_all")
def one_or_all() -> int:
    return launch("one_or_all", _one_or_all, deployment="nightly/nightly")


def _one_or_all(context: SensorContext) -> RunRequest | list[RunRequest]:
    if context.cursor is None:
        return RunRequest(run_key="first")
    return [RunRequest(run_key="second"), RunRequest(run_key="third")]
