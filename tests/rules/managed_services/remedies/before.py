import dagster as dg
from dagster_fivetran import FivetranWorkspace
from dagster_sling import SlingResource, sling_assets

workspace = FivetranWorkspace(account_id="a", api_key="b", api_secret="c")


@sling_assets(replication_config={"source": "a"})
def moved(context, sling: SlingResource):
    yield from sling.replicate(context=context)


@dg.asset
def counted() -> int:
    dg.DagsterInstance.get()
    return 1


@dg.asset
def plain() -> int:
    return 1


defs = dg.Definitions(assets=[moved, counted, plain], resources={"sling": SlingResource(), "f": workspace})
