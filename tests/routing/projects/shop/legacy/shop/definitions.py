"""A shop that uses what a bridge carries over: partitions, config, resources, an IO manager, checks."""

import json
import os
import time
from pathlib import Path

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetIn,
    AssetOut,
    AssetSelection,
    Config,
    ConfigurableIOManager,
    ConfigurableResource,
    Definitions,
    EnvVar,
    MaterializeResult,
    MetadataValue,
    Output,
    RetryPolicy,
    RunRequest,
    SkipReason,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    define_asset_job,
    job,
    multi_asset,
    op,
    schedule,
)

years = StaticPartitionsDefinition(["2025", "2026"])


class JsonStore(ConfigurableIOManager):
    root: str

    def _path(self, context) -> Path:
        partition = f"-{context.asset_partition_key}" if context.has_asset_partitions else ""
        return Path(self.root, "-".join(context.asset_key.path) + partition + ".json")

    def handle_output(self, context, obj) -> None:
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(obj))

    def load_input(self, context):
        return json.loads(self._path(context).read_text())


class Till(ConfigurableResource):
    currency: str


class Discount(Config):
    percent: int = 0


@asset(
    key_prefix="shop",
    partitions_def=years,
    io_manager_key="store",
    group_name="sales",
    owners=["ann@shop.org"],
)
def orders(context: AssetExecutionContext, config: Discount, till: Till) -> list:
    rows = [{"year": int(context.partition_key), "price": price * (100 - config.percent)} for price in (2, 3)]
    context.log.info(f"{len(rows)} orders in {till.currency}")
    context.log.warning("no pears left")
    print("printed by the asset")
    context.add_output_metadata({"rows": len(rows), "note": MetadataValue.md("*two*")})
    return rows


@multi_asset(
    ins={"orders": AssetIn(key_prefix="shop")},
    outs={
        "revenue": AssetOut(key=["shop", "revenue"], io_manager_key="store"),
        "average": AssetOut(key=["shop", "average"], io_manager_key="store", is_required=False),
    },
    partitions_def=years,
    check_specs=[AssetCheckSpec("is_positive", asset=["shop", "revenue"])],
    group_name="reporting",
)
def totals(context, orders: list):
    prices = [row["price"] for row in orders]
    yield Output(sum(prices), "revenue", metadata={"sum": sum(prices)})
    yield AssetCheckResult(passed=sum(prices) > 0, check_name="is_positive", asset_key=["shop", "revenue"])
    if context.partition_key == "2025":
        yield Output(sum(prices) / len(prices), "average")


@asset_check(asset=["shop", "orders"], blocking=True)
def orders_are_there() -> AssetCheckResult:
    wanted = int(os.environ.get("WANTED_ORDERS", "1"))
    return AssetCheckResult(passed=wanted < 3, metadata={"wanted": wanted})


@asset_check(asset=["shop", "orders"])
def orders_are_many() -> AssetCheckResult:
    return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN)


@asset
def broken() -> None:
    raise ValueError("the shelf is empty")


@asset
def slow(context) -> None:
    context.log.info("going to sleep")
    time.sleep(120)


@asset
def exits() -> None:
    os._exit(7)


@asset(retry_policy=RetryPolicy(max_retries=2))
def flaky() -> MaterializeResult:
    # Each try is a process of its own: a file remembers.
    marker = Path(os.environ["DAGSTER_HOME"], "tried")
    if not marker.exists():
        marker.touch()
        raise RuntimeError("not yet")
    return MaterializeResult(metadata={"tries": 2})


@op(config_schema={"who": str})
def greet(context) -> str:
    context.log.info(f"hello {context.op_config['who']}")
    return "hello"


@job
def greeting():
    greet()


close_year = define_asset_job("close_year", AssetSelection.groups("sales", "reporting"), partitions_def=years)


@schedule(job=close_year, cron_schedule="0 6 * * *", execution_timezone="Europe/Berlin")
def daily(context):
    if context.scheduled_execution_time.day == 13:
        return SkipReason("bad luck")
    return RunRequest(partition_key="2025")


defs = Definitions(
    assets=[orders, totals, broken, slow, exits, flaky],
    asset_checks=[orders_are_there, orders_are_many],
    jobs=[close_year, greeting],
    schedules=[daily],
    resources={"store": JsonStore(root=EnvVar("SHOP")), "till": Till(currency="EUR")},
)
