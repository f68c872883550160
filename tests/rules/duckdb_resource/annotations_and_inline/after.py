import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.duckdb_database import DuckDBDatabase
from prefect_support.flows import settle


class Readonly(DuckDBDatabase):
    label: str = "pond"


def rows(database: DuckDBDatabase) -> int:
    with database.get_connection() as conn:
        return conn.execute("select 1").fetchone()[0]


@materialize(
    Asset(
        key="asset://ducks",
        properties=AssetProperties(name="ducks", description="Counts them."),
    ),
    cache_policy=NO_CACHE,
)
def ducks(database: DuckDBDatabase) -> None:
    """Counts them."""
    rows(database)


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    database_resource = database()

    ducks_future = ducks.submit(database_resource)
    return settle(ducks=ducks_future)


def database() -> DuckDBDatabase:
    return DuckDBDatabase(database=os.environ["DUCKDB_DATABASE"], connection_config={"threads": 1})


def other() -> Readonly:
    return Readonly(database=":memory:")


def third() -> DuckDBDatabase:
    return DuckDBDatabase(database="x")
