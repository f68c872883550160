from dagster import AssetSelection, Definitions, asset, build_asset_reconciliation_sensor


@asset
def a() -> None:
    """Above."""


@asset(deps=[a])
def b() -> None:
    """Below."""


@asset(deps=["elsewhere"])
def c() -> None:
    """Aside."""


update = build_asset_reconciliation_sensor(
    name="update", asset_selection=AssetSelection.keys("b", "c"), minimum_interval_seconds=60
)
defs = Definitions(assets=[a, b, c], sensors=[update])
