import dagster as dg
from dagster import AssetCheckResult, AssetCheckSpec, MaterializeResult, asset


@asset(
    check_specs=[
        AssetCheckSpec("not_empty", asset="ducks", blocking=True, description="There are some."),
        AssetCheckSpec(name="no_geese", asset=dg.AssetKey("ducks")),
    ]
)
def ducks() -> MaterializeResult:
    rows = 3
    return MaterializeResult(
        metadata={"rows": rows},
        check_results=[
            AssetCheckResult(check_name="not_empty", passed=rows > 0),
            AssetCheckResult(check_name="no_geese", passed=True),
        ],
    )


@asset(check_specs=[AssetCheckSpec("unique", asset=["birds", "geese"])], key_prefix="birds")
def geese():
    verdict = AssetCheckResult(check_name="unique", passed=True)
    yield verdict
    yield MaterializeResult(metadata={"rows": 1})


@dg.multi_asset(
    specs=[dg.AssetSpec("a"), dg.AssetSpec("b", deps=["a"])],
    check_specs=[AssetCheckSpec("fine", asset="a")],
)
def both():
    yield MaterializeResult(asset_key="a", check_results=[AssetCheckResult(passed=True)])
    yield MaterializeResult(asset_key="b", metadata={"rows": 1})
