from typing import Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.io import store as prefect_store
from prefect_support.pickled_files import PickledFiles
from prefect_support.sensors import RunRequest, SensorContext, launch, parameters_of


class Store(BaseModel):
    folder: str = "out"
    depth: int = 1


def connection(conn_id: str):
    return conn_id


def mail(host: str):
    return host


def mail_here() -> Any:
    return mail(host="here")


@task(cache_policy=NO_CACHE)
def write(connection: Any, mail: Any, store: Store) -> str:
    store = store
    return f"{store.folder} {store.depth} {connection} {mail}"


@materialize(
    Asset(key="asset://written", properties=AssetProperties(name="written")),
    cache_policy=NO_CACHE,
)
def written(store: Store, io_manager: PickledFiles) -> str:
    return prefect_store(io_manager, "asset://written", store.folder)


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily(
    connection_config: dict[str, Any] | None = None,
    store_config: dict[str, Any] | None = None,
) -> State[Any]:
    connection_resource = connection(**(connection_config or {}))
    mail_resource = mail_here()
    store_resource = store(**(store_config or {}))

    write_future = write.submit(connection_resource, mail_resource, store_resource)
    return settle(write=write_future)


@flow(name="assets", task_runner=ThreadPoolTaskRunner())
def assets(store_config: dict[str, Any] | None = None) -> State[Any]:
    store_resource = store(**(store_config or {}))
    io_manager_resource = io_manager()

    written_future = written.submit(store_resource, io_manager_resource)
    return settle(written=written_future)


@flow(name="at_six")
def at_six() -> int:
    return launch("at_six", _at_six, deployment="daily/daily")


def _at_six(context: SensorContext) -> RunRequest:
    config = {
        "resources": {
            "store": {"config": {"folder": "six"}},
            "connection": {"config": {"conn_id": "x"}},
            "io_manager": {"config": {"base_dir": "elsewhere"}},
        }
    }
    return RunRequest(parameters=parameters_of(config, without=("io_manager",)))


def when_it_is_time(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:66: the run config it answers with sets up io_manager, which "
        "flows make themselves. Give the flow a parameter, and make the "
        "resource of it."
    )
    # return RunRequest(run_config={"resources": {"io_manager": {"config": {"base_dir": "elsewhere"}}}})


def what_is_configured(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:71: the run config it answers with sets up mail, which flows "
        "make themselves. Give the flow a parameter, and make the resource of "
        "it."
    )
    # return RunRequest(run_config={"resources": {"mail": {"config": {"host": "there"}}}})


def store(**config: Any) -> Store:
    return Store(**(config or {"depth": 2}))


def io_manager() -> PickledFiles:
    return PickledFiles()
