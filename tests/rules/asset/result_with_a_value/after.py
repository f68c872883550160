from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.validations import CheckResult, CheckSpec, checked, report_checks


@materialize(
    Asset(key="asset://readings", properties=AssetProperties(name="readings")),
    cache_policy=NO_CACHE,
)
def readings() -> Any:
    add_asset_metadata("asset://readings", {"rows": 3})
    return [3, 1, 2]


@materialize(
    Asset(key="asset://highest", properties=AssetProperties(name="highest")),
    asset_deps=["asset://readings"],
    cache_policy=NO_CACHE,
)
def highest(readings: list[int]) -> int:
    return max(readings)


@checked(CheckSpec("not_empty", "asset://summary"))
@materialize(
    Asset(key="asset://summary", properties=AssetProperties(name="summary")),
    asset_deps=["asset://highest", "asset://readings"],
    cache_policy=NO_CACHE,
)
def summary(highest: int, readings: list[int]) -> Any:
    results: list[CheckResult] = []
    outputs: dict[str, Any] = {}
    outputs["result"] = {"highest": highest, "rows": len(readings)}
    results += [CheckResult(passed=bool(readings))]
    report_checks(summary.checks, results)
    return outputs["result"]


@materialize(
    Asset(key="asset://printed", properties=AssetProperties(name="printed")),
    asset_deps=["asset://summary"],
    cache_policy=NO_CACHE,
)
def printed(summary: dict[str, int]) -> None:
    print(summary)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    readings_future = readings.submit()
    highest_future = highest.submit(readings_future)
    summary_future = summary.submit(highest_future, readings_future)
    printed_future = printed.submit(summary_future)
    return settle(
        readings=readings_future,
        highest=highest_future,
        summary=summary_future,
        printed=printed_future,
    )
