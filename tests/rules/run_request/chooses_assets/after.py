import os
from collections.abc import Iterator
from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.partitions import partition_of
from prefect_support.sensors import RunRequest, SensorContext, SensorResult, launch

ponds = partition_of(["north", "south"])
Ponds = Annotated[str, ponds]


@materialize(
    Asset(key="asset://counts", properties=AssetProperties(name="counts")),
    cache_policy=NO_CACHE,
)
def counts(partition_key: str) -> None:
    print(partition_key)


@materialize(
    Asset(key="asset://report/by_pond", properties=AssetProperties(name="by_pond")),
    asset_deps=["asset://counts"],
    cache_policy=NO_CACHE,
)
def by_pond(partition_key: str) -> None:
    print(partition_key)


@flow(name="both", task_runner=ThreadPoolTaskRunner())
def both(partition_key: Ponds) -> State[Any]:
    counts_future = counts.submit(partition_key)
    by_pond_future = by_pond.submit(partition_key, wait_for=[counts_future])
    return settle(counts=counts_future, by_pond=by_pond_future)


@flow(name="both_backfill")
def both_backfill(
    first: Ponds,
    last: Ponds,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(both, ponds.between(first, last), state=state, inputs=inputs)


@flow(name="only_counts_assets", task_runner=ThreadPoolTaskRunner())
def only_counts_assets(partition_key: Ponds) -> State[Any]:
    counts_future = counts.submit(partition_key)
    return settle(counts=counts_future)


@flow(name="only_counts")
def only_counts() -> int:
    return launch("only_counts", _only_counts, deployment="both/both")


def _only_counts(context: SensorContext) -> RunRequest | SensorResult:
    wanted = [
        RunRequest(deployment="only_counts_assets/only_counts_assets", parameters={"partition_key": pond}, run_key=pond)
        for pond in os.listdir("ponds")
    ]
    return SensorResult(run_requests=[*wanted, RunRequest(parameters={"partition_key": "north"})])


@flow(name="all_or_one_assets", task_runner=ThreadPoolTaskRunner())
def all_or_one_assets(partition_key: Ponds) -> State[Any]:
    counts_future = counts.submit(partition_key)
    by_pond_future = by_pond.submit(partition_key, wait_for=[counts_future])
    return settle(counts=counts_future, by_pond=by_pond_future)


@flow(name="all_or_one_assets_2", task_runner=ThreadPoolTaskRunner())
def all_or_one_assets_2(partition_key: Ponds) -> State[Any]:
    by_pond_future = by_pond.submit(partition_key)
    return settle(by_pond=by_pond_future)


@flow(name="all_or_one")
def all_or_one() -> int:
    return launch(
        "all_or_one", _all_or_one, deployment="all_or_one_assets/all_or_one_assets"
    )


def _all_or_one(context: SensorContext) -> Iterator[RunRequest]:
    yield RunRequest(deployment="all_or_one_assets/all_or_one_assets", parameters={"partition_key": "south"})
    yield RunRequest(deployment="all_or_one_assets_2/all_or_one_assets_2", parameters={"partition_key": "south"}, tags={"why": "late"})


def worked_out(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:46: asset_selection= of a RunRequest (line 48) has no "
        "counterpart. Start a flow of those assets."
    )
    # for name in os.listdir("ponds"):
    #     yield RunRequest(asset_selection=[AssetKey(name)], partition_key="north")
