from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.validations import CheckResult, validation

KEY = "asset://gold"


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@validation("asset://gold", blocking=True, description="There is some.")
def is_there(gold: int) -> CheckResult:
    get_run_logger().info("looking")
    return CheckResult(passed=gold > 0)


@validation("asset://gold", name="not_too_much")
def limit(gold) -> CheckResult:
    return CheckResult(passed=gold < 100)


@validation(KEY)
def by_variable() -> CheckResult:
    return CheckResult(passed=True)
