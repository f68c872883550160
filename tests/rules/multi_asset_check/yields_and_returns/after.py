from collections.abc import Iterator
from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.validations import CheckResult, CheckSpec, validation


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks() -> int:
    return 3


@validation(
    name="farm_checks",
    description="Of the farm.",
    checks=[
        CheckSpec(
            "some", "asset://ducks", blocking=True, description="There are some."
        ),
        CheckSpec("few", "asset://birds/geese"),
    ],
    retries=2,
)
def counts() -> Iterator[CheckResult]:
    get_run_logger().info("counting")
    yield CheckResult(check_name="some", asset="asset://ducks", passed=True)
    yield CheckResult(check_name="few", asset="asset://birds/geese", passed=False)


@validation(
    checks=[
        CheckSpec("check_0", "asset://ducks"), CheckSpec("check_1", "asset://ducks")
    ],
)
def numbered() -> list[CheckResult]:
    return [CheckResult(check_name=f"check_{n}", passed=True) for n in range(2)]


@task
def unknown(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:32: the checks it makes cannot be told by reading. Name checks "
        "and assets by literals."
    )
    # yield AssetCheckResult(passed=True)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    ducks_future = ducks.submit()
    farm_checks_future = counts.submit(wait_for=[ducks_future])
    numbered_future = numbered.submit(wait_for=[ducks_future])
    return settle(
        ducks=ducks_future, farm_checks=farm_checks_future, numbered=numbered_future
    )
