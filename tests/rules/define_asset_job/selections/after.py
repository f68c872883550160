from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.validations import CheckResult, validation


@materialize(
    Asset(key="asset://mine", properties=AssetProperties(name="mine")),
    tags=["group:raw"],
    cache_policy=NO_CACHE,
)
def mine() -> None:
    ...


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    asset_deps=["asset://mine"],
    tags=["group:raw"],
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@validation("asset://gold", blocking=True)
def enough() -> CheckResult:
    return CheckResult(passed=True)


@materialize(
    Asset(key="asset://wealth", properties=AssetProperties(name="wealth")),
    asset_deps=["asset://gold"],
    tags=["group:marts"],
    cache_policy=NO_CACHE,
)
def wealth(gold: int) -> int:
    return gold


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://wealth"],
    tags=["group:marts"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    ...


@flow(name="raw_job", task_runner=ThreadPoolTaskRunner(max_workers=1))
def raw_job() -> State[Any]:
    mine_future = mine.submit()
    gold_future = gold.submit(wait_for=[mine_future])
    enough_future = enough.submit(wait_for=[gold_future])
    return settle(mine=mine_future, gold=gold_future, enough=enough_future)


# everything but the raw
@flow(name="marts_job", task_runner=ThreadPoolTaskRunner(max_workers=1))
def marts_job() -> State[Any]:
    report_future = report.submit()
    return settle(report=report_future)


@flow(
    name="all_job", description="All.", task_runner=ThreadPoolTaskRunner(max_workers=1)
)
def all_job() -> State[Any]:
    mine_future = mine.submit()
    gold_future = gold.submit(wait_for=[mine_future])
    enough_future = enough.submit(wait_for=[gold_future])
    wealth_future = wealth.submit(gold_future, wait_for=[enough_future])
    report_future = report.submit(wait_for=[wealth_future])
    return settle(
        mine=mine_future,
        gold=gold_future,
        enough=enough_future,
        wealth=wealth_future,
        report=report_future,
    )
