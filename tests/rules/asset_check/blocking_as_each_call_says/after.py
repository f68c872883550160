from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.validations import CheckResult, validation


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> list[int]:
    return [1]


@materialize(
    Asset(key="asset://bills", properties=AssetProperties(name="bills")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def bills() -> None:
    ...


def small(table: str, strict: bool):
    @validation(f"asset://{table}", name="small", blocking=strict)
    def _check() -> CheckResult:
        return CheckResult(passed=True)

    return _check


def always(table: str):
    @validation(f"asset://{table}", name="always", blocking=True)
    def _check() -> CheckResult:
        return CheckResult(passed=True)

    return _check


@task
def told_by_the_environment(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:32: its blocking cannot be told by reading. Write True or "
        "False."
    )
    # return dg.AssetCheckResult(passed=True)


checks = [small("orders", True), small("bills", False), always("orders")]
