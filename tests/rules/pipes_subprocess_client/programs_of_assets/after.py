import os
import shutil
from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.external_programs import ExternalPrograms
from prefect_support.flows import settle
from prefect_support.run_facts import run_tags
from prefect_support.validations import CheckSpec, checked


@checked(CheckSpec("not_empty", "asset://orders"))
@materialize(
    Asset(
        key="asset://orders",
        properties=AssetProperties(name="orders", description="Made by a program."),
    ),
    cache_policy=NO_CACHE,
)
def orders(programs: ExternalPrograms) -> None:
    """Made by a program."""
    command = [shutil.which("python"), os.path.join(os.path.dirname(__file__), "external.py")]
    programs.run(command=command, extras={"rows": 10})


@materialize(
    Asset(key="asset://a", properties=AssetProperties(name="a")),
    Asset(key="asset://b", properties=AssetProperties(name="b")),
    cache_policy=NO_CACHE,
)
def several(programs: ExternalPrograms) -> None:
    programs.run(command="both")


@materialize(
    Asset(key="asset://kept", properties=AssetProperties(name="kept")),
    cache_policy=NO_CACHE,
)
def kept(programs: ExternalPrograms):
    if run_tags().get("short"):
        programs.run(command=["a", "--short"], cwd="here")
        return None
    answer = programs.run(command=["a"], env={"A": "b"})
    get_run_logger().info(f"{answer.get_custom_messages()}")


@materialize(
    Asset(key="asset://other", properties=AssetProperties(name="other")),
    cache_policy=NO_CACHE,
)
def other(second: ExternalPrograms) -> None:
    second.run(command=["b"])


def second() -> ExternalPrograms:
    return ExternalPrograms(cwd="there")


@task(cache_policy=NO_CACHE)
def by_itself():
    ExternalPrograms().run(command=["ls"])


@flow(name="listing", task_runner=ThreadPoolTaskRunner())
def listing() -> State[Any]:
    by_itself_future = by_itself.submit()
    return settle(by_itself=by_itself_future)


def programs() -> ExternalPrograms:
    return ExternalPrograms(env={"TZ": "UTC"})
