from pathlib import Path
from typing import Any

import pandas as pd
from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject
from prefect_support.duckdb_tables import DuckDBTables
from prefect_support.flows import settle
from prefect_support.io import load, store

project = DbtProject(project_dir=Path(__file__).parent / "dbt")


@dbt_models(project.manifest_path)
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@materialize(
    Asset(
        key="asset://total",
        properties=AssetProperties(
            name="total", description="Reads the table that dbt makes."
        ),
    ),
    asset_deps=["asset://marts/numbers"],
    cache_policy=NO_CACHE,
)
def total(io_manager: DuckDBTables) -> pd.DataFrame:
    """Reads the table that dbt makes."""
    numbers = load(io_manager, "asset://marts/numbers")
    return store(io_manager, "asset://total", numbers.sum().to_frame().T)


def dbt() -> DbtProject:
    return project


def io_manager() -> DuckDBTables:
    return DuckDBTables(database="numbers.duckdb", schema="main")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    dbt_resource = dbt()
    io_manager_resource = io_manager()

    models_future = models.submit(dbt_resource)
    total_future = total.submit(io_manager_resource)
    return settle(models=models_future, total=total_future)
