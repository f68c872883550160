from typing import Annotated, Any

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.flows import output
from prefect_support.time_windows import daily

days = daily("2024-01-01")
Days = Annotated[str, days]


@task(cache_policy=NO_CACHE)
def add(x):
    return x + 1


@task(cache_policy=NO_CACHE)
def split(whole) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    outputs["one"] = whole
    outputs["two"] = whole
    return outputs


@materialize(
    Asset(key="asset://first", properties=AssetProperties(name="first")),
    cache_policy=NO_CACHE,
)
def first():
    return 1


# nothing else names it
@materialize(
    Asset(
        key="asset://middle",
        properties=AssetProperties(name="middle", description="In the middle."),
    ),
    asset_deps=["asset://first"],
    tags=["group:between"],
    cache_policy=NO_CACHE,
)
def middle(first):
    """In the middle."""
    add_future = add.submit(first)
    return add_future.result()


@materialize(
    Asset(key="asset://last", properties=AssetProperties(name="last")),
    asset_deps=["asset://middle"],
    cache_policy=NO_CACHE,
)
def last(middle):
    return middle


@materialize(
    Asset(key="asset://asset_a", properties=AssetProperties(name="asset_a")),
    Asset(key="asset://x/asset_b", properties=AssetProperties(name="asset_b")),
    name="both",
    asset_deps=["asset://first"],
    cache_policy=NO_CACHE,
)
def explicit(zero) -> dict[str, Any]:
    split_future = split.submit(zero)
    return {
        "a": output(split_future, "one").result(), "b": output(split_future, "two").result()
    }


@materialize(
    Asset(key="asset://ops/add", properties=AssetProperties(name="add")),
    name="add",
    asset_deps=["asset://first"],
    cache_policy=NO_CACHE,
)
def one_op(x):
    add_future = add.submit(x)
    return add_future.result()


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    Asset(key="asset://two", properties=AssetProperties(name="two")),
    name="split",
    asset_deps=["asset://first"],
    cache_policy=NO_CACHE,
)
def two_ops(whole) -> dict[str, Any]:
    split_future = split.submit(whole)
    return {
        "one": output(split_future, "one").result(),
        "two": output(split_future, "two").result(),
    }


def untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:73: from_graph untold: its assets are not read. Write it as a "
        "function below @graph_asset, or @asset for a single op, and convert "
        "again."
    )


@materialize(
    Asset(key="asset://shared", properties=AssetProperties(name="shared")),
    name="shared",
    asset_deps=["asset://first"],
    cache_policy=NO_CACHE,
)
def shared_asset(first):
    shared_add_future = add.with_options(name="shared.add").submit(first)
    shared_add_2_future = add.with_options(name="shared.add_2").submit(shared_add_future)
    return shared_add_2_future.result()
