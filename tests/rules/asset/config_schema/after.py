from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.containers import Containers
from prefect_support.flow_parameters import Layered
from prefect_support.flows import settle


# how many there are
class CountedConfig(BaseModel, extra="forbid"):
    """Config of `counted`."""

    rows: int = 3
    name: str


@materialize(
    Asset(key="asset://counted", properties=AssetProperties(name="counted")),
    cache_policy=NO_CACHE,
)
def counted(config: CountedConfig) -> int:
    get_run_logger().info(config.name)
    return config.rows


@task
def untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:16: context.op_config of a config schema that reading cannot "
        "tell (line 17) has no counterpart. Give the function a parameter "
        "`config` of a Config class, and convert again."
    )
    # return context.op_config["rows"]


@materialize(
    Asset(key="asset://outside", properties=AssetProperties(name="outside")),
    cache_policy=NO_CACHE,
)
def outside(client: Containers) -> object:
    return client.run(command=["true"])


@flow(name="count", task_runner=ThreadPoolTaskRunner())
def count(counted_config: Layered[CountedConfig]) -> State[Any]:
    counted_future = counted.submit(counted_config)
    return settle(counted=counted_future)
