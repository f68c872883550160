import dagster as dg
from dagster import (
    AssetIn,
    AssetKey,
    AssetOut,
    ConfigurableResource,
    Definitions,
    DynamicOut,
    DynamicOutput,
    OpExecutionContext,
    RetryPolicy,
    define_asset_job,
    graph_asset,
    op,
)


class Api(ConfigurableResource):
    url: str = "https://example.org"


class Chunks(dg.Config):
    size: int = 10


@dg.asset(key_prefix="raw")
def users() -> list[int]:
    return [1, 2, 3]


@op(out=DynamicOut())
def split(context: OpExecutionContext, config: Chunks, users: list[int]):
    for user in users[: config.size]:
        yield DynamicOutput(user, mapping_key=str(user))


@op(retry_policy=RetryPolicy(max_retries=2))
def enrich(api: Api, user: int) -> str:
    return f"{api.url}/{user}"


@op
def join(users: list[str]) -> str:
    return ",".join(users)


@graph_asset(
    ins={"users": AssetIn(key=AssetKey(["raw", "users"]))},
    group_name="people",
    tags={"cost": "high"},
)
def enriched(users):
    """Every user, enriched."""
    # one by one
    parts = split(users).map(enrich)
    return join(parts.collect())


@op
def count(users: list[int]) -> int:
    return len(users)


@dg.graph_multi_asset(
    outs={"number": AssetOut(), "text": AssetOut(key_prefix="people")},
    ins={"users": AssetIn(key=AssetKey(["raw", "users"]))},
)
def facts(users):
    return {"number": count(users), "text": join(split(users).map(enrich).collect())}


everything = define_asset_job("everything")
defs = Definitions(assets=[users, enriched, facts], jobs=[everything], resources={"api": Api()})
