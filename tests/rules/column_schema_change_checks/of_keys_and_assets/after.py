from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_history import column_schema_checks
from prefect_support.flows import settle
from prefect_support.validations import Severity


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> None:
    columns = [{"name": "ounces", "type": "int"}]
    add_asset_metadata("asset://gold", {"dagster/column_schema": {"columns": columns}})


schema_checks_task = column_schema_checks(
    ["asset://gold", "asset://raw/orders"], severity=Severity.ERROR
)


@flow(name="schema_checks")
def schema_checks() -> State[Any]:
    """What was said of its assets when they were made."""
    return settle(schema_checks=schema_checks_task.submit())


def untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: build_column_schema_change_checks untold: its assets "
        "cannot be told by reading. Write the keys as literals."
    )
