from pathlib import Path

import duckdb
import pandas as pd
from dagster import ConfigurableIOManager, ConfigurableResource, InputContext, OutputContext


class Database(ConfigurableResource):
    """The file dbt and Python share."""

    path: str

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(self.path)


class CsvStore(ConfigurableIOManager):
    """One CSV file an asset and year."""

    folder: str

    def _path(self, context) -> Path:
        return Path(self.folder) / "/".join(context.asset_key.path) / f"{context.partition_key}.csv"

    def handle_output(self, context: OutputContext, obj: pd.DataFrame) -> None:
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        obj.to_csv(path, index=False)
        context.add_output_metadata({"path": str(path)})

    def load_input(self, context: InputContext) -> pd.DataFrame:
        return pd.read_csv(self._path(context))
