"""Not dagster's."""

from elsewhere import DuckDBPandasIOManager

tables = DuckDBPandasIOManager(database="warehouse.duckdb")
