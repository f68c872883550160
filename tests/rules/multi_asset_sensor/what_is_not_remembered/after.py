from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.partitions import partition_of

ponds = partition_of(["north", "south"])
Ponds = Annotated[str, ponds]


@materialize(
    Asset(
        key="asset://ducks",
        properties=AssetProperties(name="ducks", description="Counted."),
    ),
    cache_policy=NO_CACHE,
)
def ducks() -> None:
    """Counted."""


@materialize(
    Asset(
        key="asset://birds",
        properties=AssetProperties(name="birds", description="All of them."),
    ),
    cache_policy=NO_CACHE,
)
def birds() -> None:
    """All of them."""


@flow(name="birds_job", task_runner=ThreadPoolTaskRunner())
def birds_job() -> State[Any]:
    birds_future = birds.submit()
    return settle(birds=birds_future)


def by_partition(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:22: context.latest_materialization_records_by_partition (line "
        "23) has no counterpart. Ask Recorded().fetch_materializations for each "
        "asset."
    )
    # if context.latest_materialization_records_by_partition(dg.AssetKey("ducks")):
    #     yield dg.RunRequest()


def partitioned(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:28: records for a key: ducks has partitions, and each of them "
        "would have to be remembered. Ask prefect_support.recorded for the "
        "events."
    )
    # for record in context.materialization_records_for_key(dg.AssetKey("ducks")):
    #     yield dg.RunRequest(run_key=record.run_id)


def unknown_assets(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:34: its assets cannot be told by reading. Name them by literal "
        "keys."
    )
    # yield dg.RunRequest()
