import dagster as dg
from dagster_slack import SlackResource


class Named(SlackResource):
    label: str = ""


second = SlackResource()


@dg.asset
def report(client: SlackResource) -> None:
    client.get_client().chat_postMessage(channel="#data", text="done")


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[report], jobs=[everything], resources={"second": second, "named": Named(), "client": SlackResource(token=dg.EnvVar("SECRET"))})
