import os
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


def pond(name: str, password: str):
    return f"{name} {password}"


@task(cache_policy=NO_CACHE)
def feed(pond: Any) -> Any:
    return pond


@task(cache_policy=NO_CACHE)
def shout(text: Any) -> Any:
    return text.upper()


CONFIG = {"resources": {"pond": {"config": {"name": "north", "password": {"env": "POND"}}}}}


@flow(name="night", task_runner=ThreadPoolTaskRunner())
def night() -> State[Any]:
    pond_resource = pond(name="north", password=os.environ["POND"])

    feed_future = feed.submit(pond_resource)
    shout_future = shout.submit(feed_future)
    return settle(feed=feed_future, shout=shout_future)
