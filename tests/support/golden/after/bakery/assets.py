import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject
from prefect_support.io import load, store
from prefect_support.retries import exponential
from pydantic import BaseModel

from .resources import CsvStore, Database

MANIFEST = Path(os.environ["BAKERY_DBT"]) / "target" / "manifest.json"


class PriceConfig(BaseModel):
    """What may be changed when a run is started."""

    price_factor: float = 1.0


@materialize(
    Asset(
        key="asset://raw_orders",
        properties=AssetProperties(
            name="raw_orders", description="Orders as the till wrote them.", owners=["team:till"]
        ),
    ),
    tags=["group:input"],
    cache_policy=NO_CACHE,
)
def raw_orders(database: Database, partition_key: str) -> None:
    """Orders as the till wrote them."""
    year = int(partition_key)
    orders = pd.read_csv(Path(os.environ["BAKERY_INBOX"]) / f"{year}.csv")
    with database.connect() as connection:
        connection.register("orders", orders)
        connection.execute(
            "create or replace table raw_orders as select *, ? as order_year from orders", [year]
        )
    add_asset_metadata("asset://raw_orders", {"rows": len(orders)})


@dbt_models(MANIFEST, name="bakery_models")
def bakery_models(dbt: DbtProject, config: PriceConfig, partition_key: str) -> DbtInvocation:
    dbt_vars = {"year": int(partition_key), "price_factor": config.price_factor}
    return dbt.cli(["build", "--vars", json.dumps(dbt_vars)])


@materialize(
    Asset(
        key="asset://sales_summary",
        properties=AssetProperties(name="sales_summary", description="Sales of one year."),
    ),
    asset_deps=["asset://fct_sales"],
    tags=["group:reporting"],
    retries=2,
    retry_delay_seconds=exponential(0.1, 2),
    cache_policy=NO_CACHE,
)
def sales_summary(database: Database, csv_store: CsvStore, partition_key: str) -> pd.DataFrame:
    """Sales of one year."""
    # one row a product
    with database.connect() as connection:
        frame = connection.execute("select * from fct_sales order by product").df()
    get_run_logger().info(f"{len(frame)} products")
    return store(csv_store, "asset://sales_summary", frame, partition_key)


@materialize(
    Asset(key="asset://marts/best_product", properties=AssetProperties(name="best_product")),
    Asset(key="asset://marts/total_sales", properties=AssetProperties(name="total_sales")),
    asset_deps=["asset://sales_summary"],
    tags=["group:reporting"],
    cache_policy=NO_CACHE,
)
def year_figures(csv_store: CsvStore, partition_key: str) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    sales_summary = load(csv_store, "asset://sales_summary", partition_key)
    best = sales_summary.sort_values("amount").iloc[-1]
    outputs["best_product"] = str(best["product"])
    total = float(sales_summary["amount"].sum())
    outputs["total_sales"] = total
    add_asset_metadata("asset://marts/total_sales", {"total": total})
    return outputs


@materialize(
    Asset(
        key="asset://marts/announcement",
        properties=AssetProperties(name="announcement", description="A line for the shop window."),
    ),
    asset_deps=["asset://marts/best_product"],
    tags=["group:reporting"],
    cache_policy=NO_CACHE,
)
def announcement(best_product: str, partition_key: str) -> str:
    """A line for the shop window."""
    return f"{partition_key}: {best_product}"
