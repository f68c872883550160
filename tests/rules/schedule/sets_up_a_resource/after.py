from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch, parameters_of


class Store(BaseModel):
    folder: str = "out"


class Mail(BaseModel):
    to: str


@task(cache_policy=NO_CACHE)
def write(store: Store, mail: Mail) -> None:
    print(store.folder, mail.to)


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily(
    store_config: dict[str, Any] | None = None,
    mail_config: dict[str, Any] | None = None,
) -> State[Any]:
    store_resource = store(**(store_config or {}))
    mail_resource = mail(**(mail_config or {}))

    write_future = write.submit(store_resource, mail_resource)
    return settle(write=write_future)


def config_of(folder: str):
    return {"resources": {"store": {"config": {"folder": folder}}}}


@flow(name="fixed")
def fixed() -> int:
    return launch("fixed", _fixed, deployment="daily/daily")


def _fixed(context: SensorContext) -> RunRequest:
    return RunRequest(parameters=parameters_of(config_of("elsewhere")))


@flow(name="launched")
def launched() -> int:
    return launch("launched", _launched, deployment="daily/daily")


def _launched(context: SensorContext) -> RunRequest:
    return RunRequest(parameters=parameters_of({"resources": {"mail": {"config": {"to": "us"}}}}))


def store(**config: Any) -> Store:
    return Store(**config)


def mail(**config: Any) -> Mail:
    return Mail(**config)
