from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import AssetPath


@materialize(
    Asset(key="asset://shadow", properties=AssetProperties(name="shadow")),
    cache_policy=NO_CACHE,
)
def shadow() -> str:
    name = "another"
    return name + AssetPath(["shadow"]).to_user_string()


@task
def pair(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:56: context.asset_key (line 56) has no counterpart. The task "
        "makes no asset, or several: write the key out."
    )
    # yield dg.MaterializeResult(asset_key=context.asset_key)


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> str:
    return AssetPath(["one"]).to_user_string()


@materialize(
    Asset(key="asset://two/parts", properties=AssetProperties(name="parts")),
    name="two__parts",
    cache_policy=NO_CACHE,
)
def two() -> str:
    return AssetPath(["two", "parts"]).to_user_string()


orders_asset_key = ["sales", "raw", "orders"]


@materialize(
    Asset(key="asset://sales/raw/orders", properties=AssetProperties(name="orders")),
    name="sales__raw__orders",
    cache_policy=NO_CACHE,
)
def orders() -> str:
    return "__".join(AssetPath(["sales", "raw", "orders"]).path)


refunds_asset_key = ["money", "raw", "refunds"]


@materialize(
    Asset(key="asset://money/raw/refunds", properties=AssetProperties(name="refunds")),
    name="money__raw__refunds",
    cache_policy=NO_CACHE,
)
def refunds() -> str:
    return "__".join(AssetPath(["money", "raw", "refunds"]).path)


@materialize(
    Asset(key="asset://raw/people/users", properties=AssetProperties(name="users")),
    cache_policy=NO_CACHE,
)
def users() -> str:
    return AssetPath(["raw", "people", "users"]).to_python_identifier()


@materialize(
    Asset(key="asset://raw/cities", properties=AssetProperties(name="cities")),
    name="raw__cities",
    cache_policy=NO_CACHE,
)
def cities() -> int:
    return len({AssetPath(["raw", "cities"])})
