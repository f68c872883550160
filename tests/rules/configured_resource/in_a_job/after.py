"""Resources that jobs configure: from a table of settings, which is told, and from text, which is not."""

import json
import os
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle

SETTINGS = {
    "pond": {"size": 3, "name": os.getenv("POND_OF_JOBS", "north")},
    "lake": {"size": 2, "name": {"env": "LAKE"}},
}


def pond(size: int, name: str = "south"):
    return name * size


def read() -> dict[str, object]:
    return json.loads(os.getenv("POND_OF_ALL", '{"size": 2, "name": "east"}'))


@task(cache_policy=NO_CACHE)
def look(pond: Any) -> str:
    return pond


@flow(name="of_settings", task_runner=ThreadPoolTaskRunner())
def of_settings() -> State[Any]:
    pond_resource = pond(**SETTINGS["pond"])

    look_future = look.submit(pond_resource)
    return settle(look=look_future)


def of_text(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:34: the resource pond: its config is no dictionary of plain "
        "names. Wire the flow by hand."
    )
    # look()


def of_a_variable(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:39: the resource pond: its config is no dictionary of plain "
        "names. Wire the flow by hand."
    )
    # look()


def kept() -> Any:
    return pond(**SETTINGS["pond"])


@flow(name="of_a_kept_one", task_runner=ThreadPoolTaskRunner())
def of_a_kept_one() -> State[Any]:
    pond_resource = kept()

    look_future = look.submit(pond_resource)
    return settle(look=look_future)
