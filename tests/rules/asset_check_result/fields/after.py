from collections.abc import Iterator

from prefect_support.validations import CheckResult, validation


@validation("asset://gold")
def several() -> Iterator[CheckResult]:
    yield CheckResult(passed=True, asset="asset://gold", check_name="several", metadata={"n": 1})
