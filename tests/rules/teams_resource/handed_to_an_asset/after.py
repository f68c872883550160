import os

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.teams_channel import TeamsChannel


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(msteams: TeamsChannel) -> None:
    msteams.get_client().post_message(payload={"text": "done"})


def msteams() -> TeamsChannel:
    return TeamsChannel(hook_url=os.environ["TEAMS_WEBHOOK"], timeout=5.0)
