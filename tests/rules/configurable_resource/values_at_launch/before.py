from dagster import ConfigurableResource, Definitions, Out, asset, define_asset_job, job, op


class Db(ConfigurableResource):
    url: str
    tries: int = 2


db = Db.configure_at_launch(tries=4)


@op(out=Out(str))
def ask(db: Db) -> str:
    return f"{db.url} {db.tries}"


@job(resource_defs={"db": db}, config={"resources": {"db": {"config": {"url": "north"}}}})
def north():
    ask()


@job(resource_defs={"db": db})
def anywhere():
    ask()


@job(resource_defs={"db": Db.configure_at_launch(tries=7)})
def inline():
    ask()


@asset
def gold(db: Db) -> str:
    return db.url


defs = Definitions(
    assets=[gold],
    jobs=[north, anywhere, inline, define_asset_job("daily", selection="gold")],
    resources={"db": db},
)
