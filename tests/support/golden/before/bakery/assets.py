import json
import os
from pathlib import Path

import pandas as pd
from dagster import (
    AssetExecutionContext,
    AssetIn,
    AssetKey,
    AssetOut,
    Backoff,
    Config,
    Output,
    RetryPolicy,
    asset,
    multi_asset,
)
from dagster_dbt import DbtCliResource, dbt_assets

from .partitions import years
from .resources import Database

MANIFEST = Path(os.environ["BAKERY_DBT"]) / "target" / "manifest.json"


class PriceConfig(Config):
    """What may be changed when a run is started."""

    price_factor: float = 1.0


@asset(partitions_def=years, group_name="input", owners=["team:till"])
def raw_orders(context: AssetExecutionContext, database: Database) -> None:
    """Orders as the till wrote them."""
    year = int(context.partition_key)
    orders = pd.read_csv(Path(os.environ["BAKERY_INBOX"]) / f"{year}.csv")
    with database.connect() as connection:
        connection.register("orders", orders)
        connection.execute(
            "create or replace table raw_orders as select *, ? as order_year from orders", [year]
        )
    context.add_output_metadata({"rows": len(orders)})


@dbt_assets(manifest=MANIFEST, partitions_def=years, name="bakery_models")
def bakery_models(context: AssetExecutionContext, dbt: DbtCliResource, config: PriceConfig):
    dbt_vars = {"year": int(context.partition_key), "price_factor": config.price_factor}
    yield from dbt.cli(["build", "--vars", json.dumps(dbt_vars)], context=context).stream()


@asset(
    partitions_def=years,
    group_name="reporting",
    deps=[AssetKey("fct_sales")],
    retry_policy=RetryPolicy(max_retries=2, delay=0.1, backoff=Backoff.EXPONENTIAL),
    io_manager_key="csv_store",
)
def sales_summary(context: AssetExecutionContext, database: Database) -> pd.DataFrame:
    """Sales of one year."""
    # one row a product
    with database.connect() as connection:
        frame = connection.execute("select * from fct_sales order by product").df()
    context.log.info(f"{len(frame)} products")
    return frame


@multi_asset(
    outs={
        "best_product": AssetOut(key=["marts", "best_product"]),
        "total_sales": AssetOut(key=["marts", "total_sales"]),
    },
    partitions_def=years,
    group_name="reporting",
)
def year_figures(sales_summary: pd.DataFrame):
    best = sales_summary.sort_values("amount").iloc[-1]
    yield Output(str(best["product"]), output_name="best_product")
    total = float(sales_summary["amount"].sum())
    yield Output(total, output_name="total_sales", metadata={"total": total})


@asset(
    partitions_def=years,
    group_name="reporting",
    key_prefix="marts",
    ins={"best_product": AssetIn(key=["marts", "best_product"])},
)
def announcement(context: AssetExecutionContext, best_product: str) -> str:
    """A line for the shop window."""
    return f"{context.partition_key}: {best_product}"
