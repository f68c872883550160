from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.resources import running

LOG: list[str] = []


class Vault(BaseModel):
    name: str

    def setup_for_execution(self) -> None:
        LOG.append(f"open {self.name}")

    def teardown_after_execution(self) -> None:
        LOG.append(f"close {self.name}")


class Client(BaseModel):
    vault: Vault
    retries: int = 3


class Api(BaseModel):
    client: Client

    def setup_for_execution(self) -> None:
        LOG.append("open api")

    def ask(self) -> str:
        LOG.append(f"ask {self.client.vault.name} {self.client.retries}")
        return self.client.vault.name


@materialize(
    Asset(key="asset://answer", properties=AssetProperties(name="answer")),
    cache_policy=NO_CACHE,
)
def answer(api: Api) -> str:
    return api.ask()


def api() -> Api:
    return Api(client=Client(vault=Vault(name="north")))


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    api_resource = api()

    with running(api_resource):
        answer_future = answer.submit(api_resource)
        return settle(answer=answer_future)
