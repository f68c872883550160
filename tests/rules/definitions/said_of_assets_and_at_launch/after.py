from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle


class Db(BaseModel):
    url: str


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(db: Db) -> str:
    return db.url


grouped = gold


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything(db_config: dict[str, Any] | None = None) -> State[Any]:
    db_resource = db(**(db_config or {}))

    gold_future = gold.submit(db_resource)
    return settle(gold=gold_future)


def db(**config: Any) -> Db:
    return Db(**config)
