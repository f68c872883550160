import dagster as dg
from dagster_sling import DagsterSlingTranslator, SlingResource, sling_assets

REPLICATION = {"source": "A", "target": "B", "streams": {"public.users": {"object": "users"}}}


class Prefixed(DagsterSlingTranslator):
    def __init__(self, target_prefix="RAW"):
        super().__init__(target_prefix=target_prefix)

    def get_group_name(self, stream_definition):
        return "raw"

    def get_auto_materialize_policy(self, stream_definition):
        return dg.AutoMaterializePolicy.eager()


class Renamed(DagsterSlingTranslator):
    def get_asset_spec(self, stream_definition):
        spec = super().get_asset_spec(stream_definition)
        return spec.replace_attributes(key=dg.AssetKey(["crm", stream_definition["name"]]), deps=[])


@sling_assets(replication_config=REPLICATION, dagster_sling_translator=Prefixed())
def one(context, sling: SlingResource):
    yield from sling.replicate(context=context)


@sling_assets(replication_config=REPLICATION, dagster_sling_translator=Renamed())
def two(context, sling: SlingResource):
    yield from sling.replicate(context=context)


@sling_assets(replication_config=REPLICATION, dagster_sling_translator=DagsterSlingTranslator("plain"))
def three(context, sling: SlingResource):
    yield from sling.replicate(context=context)


users = dg.define_asset_job("users", selection=[dg.AssetKey(["RAW", "users"])])
defs = dg.Definitions(assets=[one, two, three], jobs=[users], resources={"sling": SlingResource()})
