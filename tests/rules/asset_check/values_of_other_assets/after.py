from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.validations import CheckResult, validation


@materialize(
    Asset(key="asset://totals", properties=AssetProperties(name="totals")),
    cache_policy=NO_CACHE,
)
def totals() -> int:
    return 2


@materialize(
    Asset(key="asset://other/place", properties=AssetProperties(name="place")),
    name="other__place",
    cache_policy=NO_CACHE,
)
def others() -> int:
    return 1


@materialize(
    Asset(key="asset://late", properties=AssetProperties(name="late")),
    cache_policy=NO_CACHE,
)
def late() -> None:
    ...


@validation("asset://totals")
def enough(totals: int, more: int) -> CheckResult:
    return CheckResult(passed=totals >= more)


@validation("asset://totals")
def in_time() -> CheckResult:
    return CheckResult(passed=True)


@task
def of_an_untold(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:32: its deps cannot be told by reading. Write the keys as "
        "literals."
    )
    # return more


def job(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:36: define_asset_job job: of_an_untold reads more, which this "
        "job does not make and no store holds. Write the flow by hand."
    )
