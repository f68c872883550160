# nothing of dagster's
from mylib import DuckDBPolarsIOManager, SnowflakePandasIOManager

tables = [DuckDBPolarsIOManager(database="a"), SnowflakePandasIOManager(database="b")]
