# dagster is only mentioned here
from duckling import DuckDBResource

database = DuckDBResource(database="pond.duckdb")
