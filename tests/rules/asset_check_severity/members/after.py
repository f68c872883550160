from prefect_support.validations import CheckResult, Severity, validation


@validation("asset://gold")
def heavy() -> CheckResult:
    level = Severity.ERROR if 1 else Severity.WARN
    return CheckResult(passed=True, severity=level)
