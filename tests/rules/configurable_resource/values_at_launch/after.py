from typing import Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle


class Db(BaseModel):
    url: str
    tries: int = 2


def db(**config: Any) -> Db:
    return Db(**{"tries": 4, **config})


@task(cache_policy=NO_CACHE)
def ask(db: Db) -> str:
    return f"{db.url} {db.tries}"


@flow(name="north", task_runner=ThreadPoolTaskRunner())
def north() -> State[Any]:
    db_resource = db(url="north")

    ask_future = ask.submit(db_resource)
    return settle(ask=ask_future)


@flow(name="anywhere", task_runner=ThreadPoolTaskRunner())
def anywhere(db_config: dict[str, Any] | None = None) -> State[Any]:
    db_resource = db(**(db_config or {}))

    ask_future = ask.submit(db_resource)
    return settle(ask=ask_future)


@flow(name="inline", task_runner=ThreadPoolTaskRunner())
def inline(db_config: dict[str, Any] | None = None) -> State[Any]:
    db_resource = Db(**{"tries": 7, **(db_config or {})})

    ask_future = ask.submit(db_resource)
    return settle(ask=ask_future)


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(db: Db) -> str:
    return db.url


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily(db_config: dict[str, Any] | None = None) -> State[Any]:
    db_resource = db(**(db_config or {}))

    gold_future = gold.submit(db_resource)
    return settle(gold=gold_future)
