from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_edges import needs
from prefect_support.validations import CheckResult, CheckSpec, checked, report_checks


@checked(
    CheckSpec(
        "not_empty", "asset://ducks", blocking=True, description="There are some."
    ),
    CheckSpec("no_geese", "asset://ducks"),
)
@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks() -> None:
    rows = 3
    add_asset_metadata("asset://ducks", {"rows": rows})
    report_checks(
        ducks.checks,
        [
            CheckResult(check_name="not_empty", passed=rows > 0),
            CheckResult(check_name="no_geese", passed=True),
        ],
    )


@checked(CheckSpec("unique", "asset://birds/geese"))
@materialize(
    Asset(key="asset://birds/geese", properties=AssetProperties(name="geese")),
    cache_policy=NO_CACHE,
)
def geese() -> None:
    results: list[CheckResult] = []
    verdict = CheckResult(check_name="unique", passed=True)
    results.append(verdict)
    add_asset_metadata("asset://birds/geese", {"rows": 1})
    report_checks(geese.checks, results)


@checked(CheckSpec("fine", "asset://a"))
@needs({"asset://a": [], "asset://b": ["asset://a"]})
@materialize(
    Asset(key="asset://a", properties=AssetProperties(name="a")),
    Asset(key="asset://b", properties=AssetProperties(name="b")),
    cache_policy=NO_CACHE,
)
def both() -> None:
    results: list[CheckResult] = []
    results += [CheckResult(passed=True)]
    add_asset_metadata("asset://b", {"rows": 1})
    report_checks(both.checks, results)
