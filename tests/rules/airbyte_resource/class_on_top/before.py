from dagster import Definitions, asset
from dagster_airbyte import AirbyteResource


class Own(AirbyteResource):
    place: str = "here"

    def nightly(self):
        return self.sync_and_poll


@asset
def report(own: Own, kept: AirbyteResource) -> str:
    return str(kept) + str(own.nightly())


kept = AirbyteResource(host="here", port="8000")
defs = Definitions(assets=[report], resources={"kept": kept, "own": Own(host="here", port="8000")})
