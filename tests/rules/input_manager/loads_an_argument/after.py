"""A function that loads arguments, a class that only loads, and what has no equal."""

from typing import Any

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import IOContext, load
from prefect_support.loaded_by import LoadedBy


def lines() -> LoadedBy:
    """The lines of a file."""
    return LoadedBy(_lines)


def _lines(context: IOContext) -> Any:
    context.log.info(context.upstream_output.metadata["lines"])
    return open("/".join(context.asset_key.path)).readlines()


def asks_too_much(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:14: context.config of an input manager (line 15) has no "
        "counterpart. Make it a field of the storage class."
    )
    # return context.config["path"]


def configured(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:19: it is given a configuration or resources. Make it a class "
        "of the target with `load_input`, and what it was configured with its "
        "fields."
    )
    # return context.asset_key


class Numbers:
    def load_input(self, context):
        return 3


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> list:
    add_asset_metadata("asset://orders", {"lines": 3})
    return [1]


@materialize(
    Asset(key="asset://read", properties=AssetProperties(name="read")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def read(lines: Any, numbers: Numbers) -> None:
    orders = load(lines, "asset://orders", upstream={"lines": 3})
    number = load(numbers, "asset://orders")
    print(orders, number)


def numbers() -> Numbers:
    return Numbers()
