import dagster as dg
from dagster import FilesystemIOManager


class Named(FilesystemIOManager):
    label: str = ""


@dg.asset(key_prefix="marts")
def orders() -> list[int]:
    return [1]


@dg.asset(io_manager_key="memory")
def briefly() -> int:
    return 1


@dg.asset(ins={"orders": dg.AssetIn(key=dg.AssetKey(["marts", "orders"]))})
def count(orders: list[int], briefly: int) -> None:
    print(len(orders), briefly)


other = FilesystemIOManager()
everything = dg.define_asset_job("everything")
defs = dg.Definitions(
    assets=[orders, briefly, count],
    jobs=[everything],
    resources={
        "io_manager": FilesystemIOManager(base_dir="/data"),
        "other": other,
        "named": Named(base_dir="/named"),
        "memory": dg.InMemoryIOManager(),
    },
)
