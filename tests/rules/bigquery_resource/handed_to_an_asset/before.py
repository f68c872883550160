import dagster as dg
from dagster_gcp import BigQueryResource


class Named(BigQueryResource):
    label: str = ""


second = BigQueryResource()


@dg.asset
def report(client: BigQueryResource) -> None:
    with client.get_client() as conn:
        conn.query("select 1")


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[report], jobs=[everything], resources={"second": second, "named": Named(), "client": BigQueryResource(project=dg.EnvVar("SECRET"))})
