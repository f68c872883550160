from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_history import column_schema_checks, metadata_bounds_checks
from prefect_support.flows import settle


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


def late(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:9: build_time_partition_freshness_checks late: it is not "
        "converted. Until then nothing tells when these assets are late: make "
        "an automation with a Proactive EventTrigger on "
        "prefect.asset.materialization.succeeded of each key, within the same "
        "time."
    )


columns_task = column_schema_checks(["asset://gold"])


@flow(name="columns")
def columns() -> State[Any]:
    """What was said of its assets when they were made."""
    return settle(columns=columns_task.submit())


bounds_task = metadata_bounds_checks(
    ["asset://gold"], metadata_key="ounces", min_value=1
)


@flow(name="bounds")
def bounds() -> State[Any]:
    """What was said of its assets when they were made."""
    return settle(bounds=bounds_task.submit())
