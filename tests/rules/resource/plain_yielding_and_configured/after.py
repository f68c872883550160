import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import store as prefect_store
from prefect_support.validations import run_logger


class Files:
    def __init__(self, folder: str) -> None:
        self.folder = folder

    def handle_output(self, context, obj) -> None:
        print(self.folder, obj)

    def load_input(self, context):
        return self.folder


def pond(name: str, size: int = 3) -> dict:
    """A pond."""
    size = size
    return {"size": size, "name": name}


# opened and closed
@contextmanager
def fence() -> Iterator[Any]:
    run_logger().info(str(small_pond()))
    try:
        yield small_pond()["size"]
    finally:
        print("closed")


def files(folder: str):
    return Files(folder)


def asks_too_much(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:50: init_context.instance of a resource (line 51) has no "
        "counterpart. Ask Prefect's API with prefect.get_client(), or keep what "
        "you need in a Variable."
    )
    # return init_context.instance


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks(pond: Any, fence: Any, store: Any) -> int:
    return prefect_store(store, "asset://ducks", pond["size"] + fence)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    pond_resource = small_pond()
    store_resource = store()

    with fence() as fence_resource:
        ducks_future = ducks.submit(pond_resource, fence_resource, store_resource)
        return settle(ducks=ducks_future)


def small_pond() -> Any:
    return pond(size=1, name=os.environ["POND"])


def store() -> Any:
    return files(folder="/data")
