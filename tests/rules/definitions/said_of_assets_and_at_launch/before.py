import dagster as dg


class Db(dg.ConfigurableResource):
    url: str


@dg.asset
def gold(db: Db) -> str:
    return db.url


grouped = gold.with_attributes(group_names_by_key={gold.key: "metals"})
everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[grouped], jobs=[everything], resources={"db": Db.configure_at_launch()})
