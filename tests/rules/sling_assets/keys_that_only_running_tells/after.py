import os
from pathlib import Path
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.sling_names import StreamNames
from prefect_support.sling_streams import SlingConnections, sling_streams

REPLICATION = Path(os.environ["FOLDER"]) / "replication.yaml"


@sling_streams(REPLICATION, names=StreamNames(target_prefix="raw"), name="loads")
def replicated(sling: SlingConnections) -> None:
    sling.replicate(debug=True)


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://raw/users"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    print("report")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    sling_resource = sling()

    loads_future = replicated.submit(sling_resource)
    report_future = report.submit(wait_for=[loads_future])
    return settle(loads=loads_future, report=report_future)


def some(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:21: define_asset_job some: its selection cannot be resolved by "
        "reading: nothing that was read is in it. Write the flow by hand."
    )


def sling() -> SlingConnections:
    return SlingConnections()
