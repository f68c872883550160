import dagster as dg
from dagster_slack import SlackResource


@dg.asset
def report(client: SlackResource) -> None:
    client.get_client().chat_postMessage(channel="#data", text="done")


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[report], jobs=[everything], resources={"client": SlackResource(token=dg.EnvVar("SECRET"))})
