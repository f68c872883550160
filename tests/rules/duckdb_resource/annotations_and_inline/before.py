import dagster as dg
from dagster_duckdb import DuckDBResource


class Readonly(DuckDBResource):
    label: str = "pond"


def rows(database: DuckDBResource) -> int:
    with database.get_connection() as conn:
        return conn.execute("select 1").fetchone()[0]


@dg.asset
def ducks(database: DuckDBResource) -> None:
    """Counts them."""
    rows(database)


everything = dg.define_asset_job("everything")
database = DuckDBResource(database=dg.EnvVar("DUCKDB_DATABASE"), connection_config={"threads": 1})
defs = dg.Definitions(
    assets=[ducks],
    jobs=[everything],
    resources={"database": database, "other": Readonly(database=":memory:"), "third": DuckDBResource(database="x")},
)
