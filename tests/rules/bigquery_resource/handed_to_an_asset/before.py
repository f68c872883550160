import dagster as dg
from dagster_cloud.dagster_insights import InsightsBigQueryResource
from dagster_gcp import BigQueryResource


class Named(BigQueryResource):
    label: str = ""


second = BigQueryResource()
costs = InsightsBigQueryResource(project="p")


@dg.asset
def report(client: BigQueryResource) -> None:
    with client.get_client() as conn:
        conn.query("select 1")


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[report], jobs=[everything], resources={"second": second, "costs": costs, "named": Named(), "client": BigQueryResource(project=dg.EnvVar("SECRET"))})
