import dagster as dg
import polars as pl
from dagster_duckdb_polars import DuckDBPolarsIOManager


@dg.asset
def orders() -> pl.DataFrame:
    return pl.DataFrame({"id": [1]})


@dg.asset
def counted(orders: pl.DataFrame) -> pl.DataFrame:
    return orders.head()


tables = DuckDBPolarsIOManager(database="b.duckdb")
defs = dg.Definitions(assets=[orders, counted], resources={"io_manager": DuckDBPolarsIOManager(database="a.duckdb", schema="raw"), "tables": tables})
