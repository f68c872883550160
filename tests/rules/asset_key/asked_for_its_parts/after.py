import os
from collections.abc import Iterator
from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.asset_key import Key
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch


@materialize(
    Asset(key="asset://raw/users", properties=AssetProperties(name="users")),
    cache_policy=NO_CACHE,
)
def users() -> int:
    return 1


NAME = "raw/users"


@materialize(
    Asset(key="asset://other", properties=AssetProperties(name="other")),
    cache_policy=NO_CACHE,
)
def other() -> None:
    get_run_logger().info("raw/users")
    for key in [Key("asset://one"), Key("asset://two/three")]:
        print(key.path, key.to_user_string(), os.path.join("a", NAME))


@flow(name="raw__users__job", task_runner=ThreadPoolTaskRunner())
def job() -> State[Any]:
    users_future = users.submit()
    return settle(users=users_future)


@flow(name="more_raw_users", task_runner=ThreadPoolTaskRunner())
def longer() -> State[Any]:
    users_future = users.submit()
    return settle(users=users_future)


@flow(name="nameless", task_runner=ThreadPoolTaskRunner())
def nameless() -> State[Any]:
    users_future = users.submit()
    return settle(users=users_future)


@task(cache_policy=NO_CACHE)
def one():
    """One."""


@flow(name="steps", task_runner=ThreadPoolTaskRunner())
def unnamed() -> State[Any]:
    one_future = one.submit()
    return settle(one=one_future)


@flow(name="watch")
def watch() -> int:
    return launch("watch", _watch, deployment="raw__users__job/raw__users__job")


def _watch(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(run_key="raw/users")
