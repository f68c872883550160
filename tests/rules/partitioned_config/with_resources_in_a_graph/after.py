from typing import Annotated, Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.partitioned_configs import resource_config, stated, step_config
from prefect_support.time_windows import (
    hourly as prefect_hourly,
    weekly as prefect_weekly,
)


class Warehouse(BaseModel):
    schema_name: str
    dry: bool = False


class Window(BaseModel, extra="forbid"):
    start: str
    end: str
    limit: int = 100


@task(cache_policy=NO_CACHE)
def extract(config: Window) -> list[str]:
    return [config.start, config.end][: config.limit]


@task(cache_policy=NO_CACHE)
def load(warehouse: Warehouse, rows: list[str]) -> tuple[str, bool, list[str]]:
    return warehouse.schema_name, warehouse.dry, rows


of_an_hour_partitions = prefect_hourly("2024-01-01-00:00", minute=15)
OfAnHourPartitions = Annotated[str, of_an_hour_partitions]


def of_an_hour(start, end):
    window = Window(start=start.isoformat(), end=end.isoformat())
    return {
        "ops": {"read": {"ops": {"extract": {"config": window.model_dump()}}}},
        "resources": {"warehouse": {"config": {"schema_name": f"h{start.hour}"}}},
    }


of_a_week_partitions = prefect_weekly("2024-01-01", day=1)
OfAWeekPartitions = Annotated[str, of_a_week_partitions]


def of_a_week(start, end):
    """A schema of its own."""
    return {"ops": {"extract": Window(start=str(start), end=str(end))}, "resources": {"warehouse": Warehouse(schema_name="weeks")}}


@flow(name="weekly", task_runner=ThreadPoolTaskRunner())
def weekly(partition_key: OfAWeekPartitions) -> State[Any]:
    run_config = stated(
        of_a_week(*of_a_week_partitions.window(partition_key)),
        ["extract"],
        ["warehouse"],
    )
    warehouse_config = resource_config(run_config, "warehouse")
    warehouse_resource = Warehouse(**(warehouse_config or {}))

    extract_future = extract.submit(step_config(run_config, "extract", Window))
    load_future = load.submit(warehouse_resource, extract_future)
    return settle(extract=extract_future, load=load_future)


@flow(name="hourly", task_runner=ThreadPoolTaskRunner())
def hourly(partition_key: OfAnHourPartitions) -> State[Any]:
    run_config = stated(
        of_an_hour(*of_an_hour_partitions.window(partition_key)),
        ["read.extract"],
        ["warehouse"],
    )
    warehouse_config = resource_config(run_config, "warehouse")
    warehouse_resource = Warehouse(**(warehouse_config or {}))

    read_extract_future = extract.with_options(name="read.extract").submit(
        step_config(run_config, "read.extract", Window)
    )
    load_future = load.submit(warehouse_resource, read_extract_future)
    return settle(read_extract=read_extract_future, load=load_future)
