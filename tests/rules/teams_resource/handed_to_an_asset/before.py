import os

from dagster import Definitions, asset
from dagster_msteams import MSTeamsResource


@asset
def report(msteams: MSTeamsResource) -> None:
    msteams.get_client().post_message(payload={"text": "done"})


defs = Definitions(
    assets=[report],
    resources={"msteams": MSTeamsResource(hook_url=os.environ["TEAMS_WEBHOOK"], timeout=5.0)},
)
