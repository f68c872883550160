"""The database, the census file and dbt."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from pydantic import BaseModel

from planalign.settings import DBT_PROJECT
from prefect_support.dbt_project import DbtProject


class WorkforceDatabase(BaseModel):
    """The DuckDB file that dbt builds and that everything here reads.

    DuckDB allows one writing process at a time. dbt is another process, so a connection must
    never outlive the step that opened it: use `connect()` in a `with` block, nothing else.
    """

    path: str
    threads: int = 2

    @contextmanager
    def connect(self, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        file = Path(self.path)
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(file), read_only=read_only, config={"threads": self.threads})
        try:
            yield connection
        finally:
            connection.close()

    def count(self, query: str, *parameters: object) -> int:
        """Run a query that answers with one number."""
        with self.connect(read_only=True) as connection:
            row = connection.execute(query, list(parameters)).fetchone()
        # sum() is NULL over no rows, and a HUGEINT otherwise: metadata wants a plain int
        return int(row[0] or 0) if row else 0


class CensusFile(BaseModel):
    """The Parquet file that HR puts down once a year."""

    path: str

    def load_into(self, connection: duckdb.DuckDBPyConnection) -> int:
        """Replace raw.census by the content of the file, and say how many rows there are."""
        if not Path(self.path).exists():
            raise FileNotFoundError(
                f"There is no census at {self.path}. Run scripts/generate_census.py, or set PLANALIGN_CENSUS."
            )
        connection.execute("create schema if not exists raw")
        relation = connection.read_parquet(self.path)
        relation.create_view("incoming_census", replace=True)
        connection.execute("create or replace table raw.census as select * from incoming_census")
        connection.execute("drop view incoming_census")
        row = connection.execute("select count(*) from raw.census").fetchone()
        return int(row[0]) if row else 0


def database() -> WorkforceDatabase:
    return WorkforceDatabase(path=os.environ["PLANALIGN_DB"])


def census_file() -> CensusFile:
    return CensusFile(path=os.environ["PLANALIGN_CENSUS"])


def dbt() -> DbtProject:
    return DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT)
