import os
from typing import Any

from prefect import State, flow, get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sling_streams import (
    SlingConnection,
    SlingConnections,
    sling_streams,
)

REPLICATION = {
    "source": "SOURCE",
    "target": "WAREHOUSE",
    "defaults": {"mode": "full-refresh", "meta": {"dagster": {"group": "raw"}}},
    "streams": {
        "public.users": None,
        'public."Order Lines"': {"object": "raw.lines"},
        "public.old": {"disabled": True},
        "public.named": {"meta": {"dagster": {"asset_key": "crm.named", "deps": "crm_source"}}},
    },
}


@sling_streams(REPLICATION, tags=["pool:sling"])
def replicated(sling: SlingConnections) -> None:
    # rows are counted too
    sling.replicate().fetch_column_metadata().fetch_row_count()
    for row in sling.stream_raw_logs():
        get_run_logger().info(row)


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://target/raw/lines"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    print("report")


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    sling_resource = sling()

    replicated_future = replicated.submit(sling_resource)
    report_future = report.submit(wait_for=[replicated_future])
    return settle(replicated=replicated_future, report=report_future)


def sling() -> SlingConnections:
    return SlingConnections(connections=[SlingConnection(name="WAREHOUSE", type="duckdb", instance=os.environ["WAREHOUSE"])])
