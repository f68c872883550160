from collections.abc import Iterator
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch, parameters_of


class Size(BaseModel, extra="forbid"):
    limit: int = 10


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(config: Size) -> int:
    return config.limit


@flow(name="reports", task_runner=ThreadPoolTaskRunner())
def job(
    report_config: Layered[Size] = layered(Size),  # noqa: B008
) -> State[Any]:
    report_future = report.submit(report_config)
    return settle(report=report_future)


@flow(name="watch")
def watch() -> int:
    return launch("watch", _watch, deployment="reports/reports")


def _watch(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(parameters=parameters_of({"ops": {"report": Size(limit=5)}}))
