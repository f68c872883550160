import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle


class Vault(BaseModel):
    name: str


class Api(BaseModel):
    vault: Vault
    vaults: list[Vault] = []
    plain: str = ""


class Holder(BaseModel, arbitrary_types_allowed=True):
    word: str


@contextmanager
def opened() -> Iterator[Any]:
    yield "opened"


OTHER = Vault(name="other")  # given to one resource only


def vault() -> Vault:
    return Vault(name=os.environ["VAULT"])


def api() -> Api:
    return Api(vault=vault(), vaults=[vault(), OTHER], plain=OTHER.name)


@materialize(
    Asset(key="asset://page", properties=AssetProperties(name="page")),
    cache_policy=NO_CACHE,
)
def page(api: Api) -> str:
    return "/".join([api.vault.name, *(vault.name for vault in api.vaults), api.plain])


def odd() -> Holder:
    return Holder(word=opened)


@flow(name="daily", task_runner=ThreadPoolTaskRunner())
def daily() -> State[Any]:
    api_resource = api()

    page_future = page.submit(api_resource)
    return settle(page=page_future)
