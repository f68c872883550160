from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.mysql_database import MySQLDatabase


class Own(MySQLDatabase):
    place: str = "here"

    def rows(self):
        return self.get_connection


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(own: Own, kept: MySQLDatabase) -> str:
    return str(kept) + str(own.rows())


def kept() -> MySQLDatabase:
    return MySQLDatabase(user="me")


def own() -> Own:
    return Own(user="me")
