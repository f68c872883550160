from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.teams_channel import TeamsChannel


class Own(TeamsChannel):
    place: str = "here"

    def told(self):
        return self.get_client


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(own: Own, kept: TeamsChannel) -> str:
    return str(kept) + str(own.told())


def kept() -> TeamsChannel:
    return TeamsChannel(hook_url="here")


def own() -> Own:
    return Own(hook_url="here")
