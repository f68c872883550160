import os

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.language_models import AnthropicAccount


class Louder(AnthropicAccount):
    def shout(self) -> str:
        return "!"


@materialize(
    Asset(key="asset://answer", properties=AssetProperties(name="answer")),
    cache_policy=NO_CACHE,
)
def answer(model: AnthropicAccount) -> str:
    with model.get_client() as client:
        return str(client.ask("hello"))


@materialize(
    Asset(key="asset://answers", properties=AssetProperties(name="answers")),
    cache_policy=NO_CACHE,
)
def answers(model: AnthropicAccount) -> str:
    with model.get_client() as client:
        return str(client.ask("hello"))


@materialize(
    Asset(key="asset://named", properties=AssetProperties(name="named")),
    cache_policy=NO_CACHE,
)
def named(model: AnthropicAccount) -> str:
    with model.get_client() as client:
        return str(client.ask("hello"))


def account() -> AnthropicAccount:
    return AnthropicAccount(api_key=os.environ["KEY"], base_url="b")


def louder() -> Louder:
    return Louder(api_key="a")
