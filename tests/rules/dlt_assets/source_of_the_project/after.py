from typing import Any

import dlt
from prefect import State, flow, get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dlt_sources import DltRunner, dlt_source
from prefect_support.flows import settle


@dlt.resource(name="issues", write_disposition="merge")
def load_issues():
    yield {"id": 1}


@dlt.source(name="tracker")
def tracker_source(limit: int = 10):
    @dlt.resource
    def people():
        yield {"id": 1}

    return people, load_issues()


@dlt_source(
    tracker_source(limit=3),
    dlt.pipeline(pipeline_name="tracker", dataset_name="raw", destination="duckdb"),
    name="tracker",
    tags=["group:raw"],
)
def tracker_assets(dlt: DltRunner) -> None:
    """Loads the tracker."""
    get_run_logger().info("loading")
    dlt.run().fetch_row_count()


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://dlt_tracker_issues"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    print("report")


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    dlt = dlt_resource()

    tracker_future = tracker_assets.submit(dlt)
    report_future = report.submit(wait_for=[tracker_future])
    return settle(tracker=tracker_future, report=report_future)


def dlt_resource() -> DltRunner:
    return DltRunner()
