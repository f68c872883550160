import duckdb
from dagster import AssetKey, asset

HIDDEN = "select sku, stock from raw.stock where stock > 0"


def read(connection, query):
    return connection.execute(query).df()


@asset(key=AssetKey(["raw", "till"]))
def till():
    """Every receipt."""
    with duckdb.connect("shop.duckdb") as connection:
        connection.execute("create or replace table raw.till as select * from 'till.parquet'")


@asset(deps=[AssetKey("sales")], group_name="reports")
def report():
    with duckdb.connect("shop.duckdb") as connection:
        stock = read(connection, HIDDEN)
        return connection.execute("select sku, sum(total) as total from sales group by sku").df(), stock
