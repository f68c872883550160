"""A graph that makes two assets hands them over by name; what is no such dictionary needs a person."""

from typing import Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import output, settle
from prefect_support.io import load, store

KEPT = {}


class Shelf(BaseModel):
    """Keeps values in a dictionary."""

    def handle_output(self, context, obj):
        KEPT[context.name] = obj

    def load_input(self, context):
        KEPT["read for"] = context.name
        return KEPT[context.upstream_output.name]


@task(cache_policy=NO_CACHE)
def wood():
    return 12


@task(cache_policy=NO_CACHE)
def cut(wood):
    return {"tables": wood // 10, "chairs": wood % 10}


@materialize(
    Asset(key="asset://tables", properties=AssetProperties(name="tables")),
    Asset(key="asset://chairs", properties=AssetProperties(name="chairs")),
    cache_policy=NO_CACHE,
)
def furniture(io_manager: Shelf) -> dict[str, Any]:
    wood_future = wood.submit()
    cut_future = cut.submit(wood_future)
    return {
        "tables": store(
            io_manager, "asset://tables", output(cut_future, "tables").result(), name="tables"
        ),
        "chairs": store(
            io_manager, "asset://chairs", output(cut_future, "chairs").result(), name="chairs"
        ),
    }


@task
def more(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:45: several outputs returned in one value (line 48) has no "
        "counterpart. Return a tuple with one item each."
    )
    # beds, doors = cut(wood())
    # both = {"beds": beds, "doors": doors}
    # return both


@materialize(
    Asset(key="asset://seats", properties=AssetProperties(name="seats")),
    asset_deps=["asset://chairs"],
    cache_policy=NO_CACHE,
)
def seats(io_manager: Shelf):
    chairs = load(io_manager, "asset://chairs", name="chairs", upstream_name="chairs")
    return store(io_manager, "asset://seats", chairs + 1)


def io_manager() -> Shelf:
    return Shelf()


@flow(name="make", task_runner=ThreadPoolTaskRunner())
def make() -> State[Any]:
    io_manager_resource = io_manager()

    furniture_future = furniture.submit(io_manager_resource)
    seats_future = seats.submit(io_manager_resource, wait_for=[furniture_future])
    return settle(furniture=furniture_future, seats=seats_future)
