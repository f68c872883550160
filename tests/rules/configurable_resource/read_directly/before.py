from dagster import ConfigurableResource, Definitions, asset


class Database(ConfigurableResource):
    path: str

    def rows(self):
        return [self.path]


def count(database):
    return len(database.rows())


def paths(found):
    return [database.path for database in found] + [(lambda database: database.path)(one) for one in found]


database = Database(path="a.db")
START = database.rows()
LENGTHS = [count(database), count(database=database)]


def again():
    return database.path


@asset
def orders(database: Database):
    return database.rows() + START, again()


@asset
def invoices():
    return count(database), database.rows()


defs = Definitions(assets=[orders, invoices], resources={"database": database})
