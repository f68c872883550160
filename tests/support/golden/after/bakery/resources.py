import os
from pathlib import Path

import duckdb
import pandas as pd
from prefect_support.dbt_project import DbtProject
from prefect_support.io import IOContext
from pydantic import BaseModel


class Database(BaseModel):
    """The file dbt and Python share."""

    path: str

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(self.path)


class CsvStore(BaseModel):
    """One CSV file an asset and year."""

    folder: str

    def _path(self, context: IOContext) -> Path:
        return Path(self.folder) / "/".join(context.asset_key.path) / f"{context.partition_key}.csv"

    def handle_output(self, context: IOContext, obj: pd.DataFrame) -> None:
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        obj.to_csv(path, index=False)
        context.add_output_metadata({"path": str(path)})

    def load_input(self, context: IOContext) -> pd.DataFrame:
        return pd.read_csv(self._path(context))


def database() -> Database:
    return Database(path=os.environ["BAKERY_DB"])


def csv_store() -> CsvStore:
    return CsvStore(folder=os.environ["BAKERY_STORE"])


def dbt() -> DbtProject:
    return DbtProject(project_dir=Path(os.environ["BAKERY_DBT"]))
