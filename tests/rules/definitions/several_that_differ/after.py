"""Code locations that share a module give resources of one name differently: each flow gets its own."""

from typing import Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.io import store as prefect_store
from prefect_support.pickled_files import PickledFiles


class Store(BaseModel):
    name: str


class Shelf(BaseModel):
    store: Store
    height: int = 1


@materialize(
    Asset(key="asset://north", properties=AssetProperties(name="north")),
    cache_policy=NO_CACHE,
)
def north(store: Store, shelf: Shelf, io_manager: PickledFiles) -> str:
    return prefect_store(
        io_manager, "asset://north", f"{store.name} {shelf.store.name} {shelf.height}"
    )


@materialize(
    Asset(key="asset://south", properties=AssetProperties(name="south")),
    cache_policy=NO_CACHE,
)
def south(store: Store, shelf: Shelf, io_manager: PickledFiles) -> str:
    return prefect_store(
        io_manager, "asset://south", f"{store.name} {shelf.store.name} {shelf.height}"
    )


@materialize(
    Asset(key="asset://loose_north", properties=AssetProperties(name="loose_north")),
    cache_policy=NO_CACHE,
)
def loose_north(store: Store, io_manager: PickledFiles) -> str:
    return prefect_store(io_manager, "asset://loose_north", store.name)


@materialize(
    Asset(key="asset://loose_south", properties=AssetProperties(name="loose_south")),
    cache_policy=NO_CACHE,
)
def loose_south(store: Store, io_manager: PickledFiles) -> str:
    return prefect_store(io_manager, "asset://loose_south", store.name)


@materialize(
    Asset(key="asset://of_both", properties=AssetProperties(name="of_both")),
    cache_policy=NO_CACHE,
)
def of_both(store: Store, io_manager: PickledFiles) -> str:
    return prefect_store(io_manager, "asset://of_both", store.name)


@task(cache_policy=NO_CACHE)
def look(store: Store, shelf: Shelf) -> str:
    return f"{store.name} {shelf.height}"


@flow(name="looks", task_runner=ThreadPoolTaskRunner())
def looks() -> State[Any]:
    store = north_store()
    shelf_resource = Shelf(store=north_store(), height=2)

    look_future = look.submit(store, shelf_resource)
    return settle(look=look_future)


@flow(name="looks_south", task_runner=ThreadPoolTaskRunner())
def looks_south() -> State[Any]:
    store = south_store()
    shelf_resource = shelf()

    look_future = look.submit(store, shelf_resource)
    return settle(look=look_future)


def asks(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:65: the resource store, which other Definitions give "
        "differently (line 65) has no counterpart. Build it."
    )
    # print(store.name)


@flow(name="north_job", task_runner=ThreadPoolTaskRunner())
def north_job() -> State[Any]:
    store = north_store()
    shelf_resource = Shelf(store=north_store(), height=2)
    io_manager_resource = PickledFiles()

    north_future = north.submit(store, shelf_resource, io_manager_resource)
    return settle(north=north_future)


@flow(name="south_job", task_runner=ThreadPoolTaskRunner())
def south_job() -> State[Any]:
    store = south_store()
    shelf_resource = shelf()
    io_manager_resource = io_manager()

    south_future = south.submit(store, shelf_resource, io_manager_resource)
    return settle(south=south_future)


def north_store() -> Store:
    return Store(name="n")


def south_store() -> Store:
    return Store(name="s")


def shelf() -> Shelf:
    return Shelf(store=south_store())


def io_manager() -> PickledFiles:
    return PickledFiles(base_dir="south")
