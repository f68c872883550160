from typing import Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import items, settle


class Api(BaseModel):
    url: str = "https://example.org"


class Chunks(BaseModel, extra="forbid"):
    size: int = 10


@materialize(
    Asset(key="asset://raw/users", properties=AssetProperties(name="users")),
    cache_policy=NO_CACHE,
)
def users() -> list[int]:
    return [1, 2, 3]


@task(cache_policy=NO_CACHE)
def split(config: Chunks, users: list[int]) -> list[Any]:
    outputs: list[Any] = []
    for user in users[: config.size]:
        outputs.append(user)
    return outputs


@task(retries=2, cache_policy=NO_CACHE)
def enrich(api: Api, user: int) -> str:
    return f"{api.url}/{user}"


@task(cache_policy=NO_CACHE)
def join(users: list[str]) -> str:
    return ",".join(users)


@materialize(
    Asset(
        key="asset://enriched",
        properties=AssetProperties(
            name="enriched", description="Every user, enriched."
        ),
    ),
    asset_deps=["asset://raw/users"],
    tags=["group:people", "cost:high"],
    cache_policy=NO_CACHE,
)
def enriched(api: Api, users):
    """Every user, enriched."""
    split_config = Chunks()
    # one by one
    split_future = split.submit(split_config, users)
    split_items = items(split_future)
    enrich_futures = [enrich.submit(api, item) for item in split_items]
    join_future = join.submit(enrich_futures)
    return join_future.result()


@task(cache_policy=NO_CACHE)
def count(users: list[int]) -> int:
    return len(users)


@materialize(
    Asset(key="asset://number", properties=AssetProperties(name="number")),
    Asset(key="asset://people/text", properties=AssetProperties(name="text")),
    asset_deps=["asset://raw/users"],
    cache_policy=NO_CACHE,
)
def facts(api: Api, users) -> dict[str, Any]:
    split_config = Chunks()
    count_future = count.submit(users)
    split_future = split.submit(split_config, users)
    split_items = items(split_future)
    enrich_futures = [enrich.submit(api, item) for item in split_items]
    join_future = join.submit(enrich_futures)
    return {"number": count_future.result(), "text": join_future.result()}


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    api_resource = api()

    users_future = users.submit()
    enriched_future = enriched.submit(api_resource, users_future)
    facts_future = facts.submit(api_resource, users_future)
    return settle(users=users_future, enriched=enriched_future, facts=facts_future)


def api() -> Api:
    return Api()
