from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.partitions import partition_of

YEARS = [str(year) for year in range(2025, 2028)]
# a year at a time
simulation_years = partition_of(YEARS)
SimulationYears = Annotated[str, simulation_years]


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(partition_key: str) -> str:
    return f"report of {partition_key}"


@flow(name="yearly", task_runner=ThreadPoolTaskRunner())
def yearly(partition_key: SimulationYears) -> State[Any]:
    report_future = report.submit(partition_key)
    return settle(report=report_future)


@flow(name="yearly_backfill")
def yearly_backfill(
    first: SimulationYears,
    last: SimulationYears,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(
        yearly, simulation_years.between(first, last), state=state, inputs=inputs
    )
