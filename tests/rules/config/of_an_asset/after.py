from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle


class Prices(BaseModel, extra="forbid"):
    gold: float = 1900.0


@materialize(
    Asset(key="asset://wealth", properties=AssetProperties(name="wealth")),
    cache_policy=NO_CACHE,
)
def wealth(config: Prices) -> float:
    return config.gold


@flow(name="count_wealth", task_runner=ThreadPoolTaskRunner())
def count_wealth(
    wealth_config: Layered[Prices] = layered(Prices),  # noqa: B008
) -> State[Any]:
    wealth_future = wealth.submit(wealth_config)
    return settle(wealth=wealth_future)
