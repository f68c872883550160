import dagster as dg
import dlt
from dagster_dlt import DagsterDltResource, dlt_assets
from dlt.sources.sql_database import sql_database
from elsewhere import foreign_source

days = dg.DailyPartitionsDefinition("2024-01-01")


@dlt_assets(
    dlt_source=sql_database().with_resources("users", "orders"),
    dlt_pipeline=dlt.pipeline("db", destination="duckdb"),
    partitions_def=days,
)
def database_assets(context: dg.AssetExecutionContext, dlt: DagsterDltResource):
    yield from dlt.run(context=context, dlt_source=sql_database(schema=context.partition_key), write_disposition="append")


@dlt_assets(dlt_source=foreign_source(), dlt_pipeline=dlt.pipeline("other", destination="duckdb"))
def foreign_assets(context, dlt: DagsterDltResource):
    yield from dlt.run(context)


@dg.asset(deps=[dg.AssetKey("dlt_foreign_x")])
def report() -> None:
    print("report")


defs = dg.Definitions(assets=[report, database_assets, foreign_assets], resources={"dlt": DagsterDltResource()})
