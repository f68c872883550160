from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one(bricks: Any):
    return bricks.run()


def bricks() -> Any:
    raise NotImplementedError(
        "code.py:10: dagster_databricks.databricks_client is not converted. "
        "Call it from a @task with the collection prefect-databricks."
    )


@flow(name="ones", task_runner=ThreadPoolTaskRunner())
def ones() -> State[Any]:
    bricks_resource = bricks()

    one_future = one.submit(bricks_resource)
    return settle(one=one_future)
