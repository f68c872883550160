from dagster import Definitions, asset
from dagster_msteams import MSTeamsResource


class Own(MSTeamsResource):
    place: str = "here"

    def told(self):
        return self.get_client


@asset
def report(own: Own, kept: MSTeamsResource) -> str:
    return str(kept) + str(own.told())


kept = MSTeamsResource(hook_url="here")
defs = Definitions(assets=[report], resources={"kept": kept, "own": Own(hook_url="here")})
