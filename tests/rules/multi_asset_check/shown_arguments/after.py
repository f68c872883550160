from collections.abc import Iterator

from prefect_support.validations import CheckResult, CheckSpec, validation


@validation(
    checks=[CheckSpec("weighs", "asset://gold")], tags=["kind:sql", "pool:scales"]
)
def weighing() -> Iterator[CheckResult]:
    yield CheckResult(check_name="weighs", asset="asset://gold", passed=True)
