from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.resources import running


class Safe(BaseModel):
    path: str

    def setup_for_execution(self) -> None:
        self._open = True


class Vault(Safe):
    depth: int = 1


class House(BaseModel):
    vault: Vault


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(vault: Vault, house: House) -> str:
    return vault.path


def vault() -> Vault:
    return Vault(path="x")


def house() -> House:
    return House(vault=Vault(path="y"))


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    vault_resource = vault()
    house_resource = house()

    with running(vault_resource, house_resource):
        gold_future = gold.submit(vault_resource, house_resource)
        return settle(gold=gold_future)
