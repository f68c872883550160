from dagster import Definitions, InMemoryIOManager, asset, define_asset_job, mem_io_manager


@asset(io_manager_key="other")
def orders() -> list[int]:
    return [1]


@asset
def count(orders: list[int]) -> int:
    return len(orders)


everything = define_asset_job("everything")
defs = Definitions(
    assets=[orders, count],
    jobs=[everything],
    resources={"io_manager": InMemoryIOManager(), "other": mem_io_manager},
)
