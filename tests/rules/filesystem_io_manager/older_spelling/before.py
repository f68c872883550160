from dagster import Definitions, asset, define_asset_job, fs_io_manager


@asset(io_manager_key="here")
def orders() -> list[int]:
    return [1, 2]


@asset
def total(orders: list[int]) -> int:
    return sum(orders)


defs = Definitions(
    assets=[orders, total],
    jobs=[define_asset_job("daily", selection="*")],
    resources={"here": fs_io_manager.configured({"base_dir": "values"}), "io_manager": fs_io_manager},
)
