from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


class Database(BaseModel):
    path: str

    def rows(self):
        return [self.path]


def count(database):
    return len(database.rows())


def paths(found):
    return [database.path for database in found] + [(lambda database: database.path)(one) for one in found]


def database() -> Database:
    return Database(path="a.db")


START = database().rows()
LENGTHS = [count(database()), count(database=database())]


def again():
    return database().path


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(database: Database):
    return database.rows() + START, again()


@materialize(
    Asset(key="asset://invoices", properties=AssetProperties(name="invoices")),
    cache_policy=NO_CACHE,
)
def invoices():
    return count(database()), database().rows()
