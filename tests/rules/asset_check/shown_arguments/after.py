from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.validations import CheckResult, validation


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@validation("asset://gold", tags=["kind:python", "a:b", "pool:scales"])
def weighs(gold: int) -> CheckResult:
    return CheckResult(passed=gold > 0)


@validation("asset://gold")
def shines(gold: int) -> CheckResult:
    return CheckResult(passed=gold > 0)
