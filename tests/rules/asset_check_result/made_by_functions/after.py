from typing import Any

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.validations import CheckResult, CheckSpec, checked, report_checks


def has_rows(key, rows):
    return CheckResult(asset=key, check_name="has_rows", passed=bool(rows))


def all_checks(key):
    yield CheckResult(asset=key, check_name="has_rows", passed=True)
    yield CheckResult(asset=key, check_name="is_new", passed=False)


@checked(CheckSpec("has_rows", "asset://orders"))
@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> Any:
    results: list[CheckResult] = []
    outputs: dict[str, Any] = {}
    rows = [1]
    outputs["result"] = rows
    results.append(has_rows("orders", rows))
    report_checks(orders.checks, results)
    return outputs["result"]


@checked(CheckSpec("has_rows", "asset://lines"), CheckSpec("is_new", "asset://lines"))
@materialize(
    Asset(key="asset://lines", properties=AssetProperties(name="lines")),
    cache_policy=NO_CACHE,
)
def lines() -> Any:
    results: list[CheckResult] = []
    outputs: dict[str, Any] = {}
    outputs["result"] = []
    results += all_checks("lines")
    report_checks(lines.checks, results)
    return outputs["result"]


@task
def broken(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:27: a yield of something that is no Output (line 28) has no "
        "counterpart. Return it instead."
    )
    # yield 1.0
