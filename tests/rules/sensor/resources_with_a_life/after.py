from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.resources import running
from prefect_support.sensors import RunRequest, SensorContext, launch


class Settings(BaseModel):
    folder: str = "in"


class Queue(BaseModel):
    place: str

    def setup_for_execution(self):
        self._open = [self.place]

    def waiting(self):
        return self._open


@contextmanager
@contextmanager
def connection() -> Iterator[Any]:
    yield "open"


@task(cache_policy=NO_CACHE)
def load():
    return 1


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    load_future = load.submit()
    return settle(load=load_future)


@flow(name="plain")
def plain() -> int:
    return launch(
        "plain", partial(_plain, settings=settings()), deployment="nightly/nightly"
    )


def _plain(context: SensorContext, settings: Settings) -> Iterator[RunRequest]:
    yield RunRequest(run_key=settings.folder)


@flow(name="messages")
def messages() -> int:
    """What waits."""
    queue_resource = queue()
    with connection() as connection_resource, running(queue_resource):
        return launch(
            "messages",
            partial(
                _messages,
                queue=queue_resource,
                settings=settings(),
                connection=connection_resource,
            ),
            deployment="nightly/nightly",
        )


def _messages(context: SensorContext, queue: Queue, settings: Settings, connection: Any) -> Iterator[RunRequest]:
    for message in queue.waiting():
        yield RunRequest(run_key=message + settings.folder + connection)


def settings() -> Settings:
    return Settings()


def queue() -> Queue:
    return Queue(place="here")
