from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def workspace(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:5: FivetranWorkspace workspace: it is not converted. Call it "
        "from a @task with the collection prefect-fivetran, or Fivetran's REST "
        "API."
    )


def moved(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:9: @airbyte_assets has no rule. Call it from a @task with the "
        "collection prefect-airbyte."
    )
    # yield from airbyte.sync_and_poll(context=context)


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    cache_policy=NO_CACHE,
)
def counted() -> int:
    raise NotImplementedError(
        "code.py:14: dagster.DagsterInstance.get is not converted. Ask "
        "Prefect's API instead: prefect.get_client()."
    )


@materialize(
    Asset(key="asset://plain", properties=AssetProperties(name="plain")),
    cache_policy=NO_CACHE,
)
def plain() -> int:
    return 1


def airbyte() -> Any:
    raise NotImplementedError(
        "code.py:24: dagster_airbyte.AirbyteWorkspace is not converted. Call it "
        "from a @task with the collection prefect-airbyte."
    )
