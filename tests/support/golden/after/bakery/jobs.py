from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from prefect_support.dbt_project import DbtProject
from prefect_support.flows import output, settle
from pydantic import BaseModel

from . import resources
from .assets import (
    PriceConfig,
    announcement,
    bakery_models,
    raw_orders,
    sales_summary,
    year_figures,
)
from .checks import orders_exist, quantities_are_small, sales_checks
from .partitions import Years


@flow(name="bake_year", task_runner=ThreadPoolTaskRunner(max_workers=1))
def bake_year(partition_key: Years, bakery_models_config: PriceConfig = PriceConfig()) -> State[Any]:
    database = resources.database()
    csv_store = resources.csv_store()
    dbt = resources.dbt()

    raw_orders_future = raw_orders.submit(database, partition_key)
    orders_exist_future = orders_exist.submit(database, wait_for=[raw_orders_future])
    quantities_are_small_future = quantities_are_small.submit(database, wait_for=[raw_orders_future])
    bakery_models_future = bakery_models.submit(
        dbt,
        bakery_models_config,
        partition_key,
        wait_for=[raw_orders_future, orders_exist_future, quantities_are_small_future],
    )
    sales_checks_future = sales_checks.submit(database, wait_for=[bakery_models_future])
    sales_summary_future = sales_summary.submit(
        database, csv_store, partition_key, wait_for=[bakery_models_future]
    )
    year_figures_future = year_figures.submit(csv_store, partition_key, wait_for=[sales_summary_future])
    announcement_future = announcement.submit(output(year_figures_future, "best_product"), partition_key)
    return settle(
        raw_orders=raw_orders_future,
        orders_exist=orders_exist_future,
        quantities_are_small=quantities_are_small_future,
        bakery_models=bakery_models_future,
        sales_checks=sales_checks_future,
        sales_summary=sales_summary_future,
        year_figures=year_figures_future,
        announcement=announcement_future,
    )


class ReseedConfig(BaseModel):
    full_refresh: bool = False


@task(cache_policy=NO_CACHE)
def seed(config: ReseedConfig, dbt: DbtProject) -> int:
    """Load the price list."""
    flags = ["--full-refresh"] if config.full_refresh else []
    invocation = dbt.cli(["seed", *flags]).wait()
    results = invocation.get_artifact("run_results.json")["results"]
    get_run_logger().info("seeded")
    return len(results)


@task(cache_policy=NO_CACHE)
def announce(seeded: int) -> None:
    get_run_logger().info(f"{seeded} price lists")


@flow(name="reseed", task_runner=ThreadPoolTaskRunner(max_workers=1))
def reseed(seed_config: ReseedConfig = ReseedConfig()) -> State[Any]:
    """Load the price list again."""
    dbt = resources.dbt()

    seed_future = seed.submit(seed_config, dbt)
    announce_future = announce.submit(seed_future)
    return settle(seed=seed_future, announce=announce_future)
