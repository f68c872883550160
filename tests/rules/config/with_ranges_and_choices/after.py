from enum import Enum
from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel, Field

from prefect_support.backfill import in_order
from prefect_support.enum_members import by_name
from prefect_support.flow_parameters import (
    NO_SCENARIO,
    Layered,
    Scenario,
    in_scenario,
    layered,
)
from prefect_support.flows import settle
from prefect_support.partitions import partition_of

years = partition_of(["2025", "2026"])
Years = Annotated[str, years]


class Method(Enum):
    LINEAR = "linear"
    STEEP = "steep"


class Assumptions(BaseModel, extra="forbid"):
    growth_rate: float = Field(default=0.03, ge=-0.5, le=1, description="Growth in a year.")
    random_seed: int = Field(default=42, ge=0)
    method: Annotated[Method, by_name(Method)] = Method.LINEAR


@materialize(
    Asset(key="asset://workforce", properties=AssetProperties(name="workforce")),
    cache_policy=NO_CACHE,
)
def workforce(config: Assumptions) -> float:
    return config.growth_rate


@flow(name="simulate", task_runner=ThreadPoolTaskRunner())
def simulate(
    partition_key: Years,
    workforce_config: Layered[Assumptions] = layered(Assumptions),  # noqa: B008
) -> State[Any]:
    workforce_future = workforce.submit(workforce_config)
    return settle(workforce=workforce_future)


@flow(name="simulate_backfill")
def simulate_backfill(
    first: Years,
    last: Years,
    workforce_config: Layered[Assumptions] = layered(Assumptions),  # noqa: B008
    scenario: Scenario = NO_SCENARIO,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(
        simulate,
        years.between(first, last),
        state=state,
        inputs=inputs,
        workforce_config=in_scenario(scenario, workforce_config),
    )
