from dagster import Definitions, asset
from dagster_mysql import MySQLResource


class Own(MySQLResource):
    place: str = "here"

    def rows(self):
        return self.get_connection


@asset
def report(own: Own, kept: MySQLResource) -> str:
    return str(kept) + str(own.rows())


kept = MySQLResource(user="me")
defs = Definitions(assets=[report], resources={"kept": kept, "own": Own(user="me")})
