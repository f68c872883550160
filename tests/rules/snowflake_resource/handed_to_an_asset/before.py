import dagster as dg
from dagster_snowflake import SnowflakeResource


class Named(SnowflakeResource):
    label: str = ""


second = SnowflakeResource()


@dg.asset
def report(client: SnowflakeResource) -> None:
    with client.get_connection() as conn:
        conn.cursor().execute("select 1")


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[report], jobs=[everything], resources={"second": second, "named": Named(), "client": SnowflakeResource(account=dg.EnvVar("SECRET"))})
