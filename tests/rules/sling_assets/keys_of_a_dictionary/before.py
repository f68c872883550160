import dagster as dg
from dagster_sling import SlingConnectionResource, SlingResource, sling_assets

REPLICATION = {
    "source": "SOURCE",
    "target": "WAREHOUSE",
    "defaults": {"mode": "full-refresh", "meta": {"dagster": {"group": "raw"}}},
    "streams": {
        "public.users": None,
        'public."Order Lines"': {"object": "raw.lines"},
        "public.old": {"disabled": True},
        "public.named": {"meta": {"dagster": {"asset_key": "crm.named", "deps": "crm_source"}}},
    },
}


@sling_assets(replication_config=REPLICATION, pool="sling")
def replicated(context, sling: SlingResource):
    # rows are counted too
    yield from sling.replicate(context=context).fetch_column_metadata().fetch_row_count()
    for row in sling.stream_raw_logs():
        context.log.info(row)


@dg.asset(deps=["target/raw/lines"])
def report() -> None:
    print("report")


nightly = dg.define_asset_job("nightly", selection=dg.AssetSelection.keys("target/raw/lines").downstream() | dg.AssetSelection.groups("raw"))
defs = dg.Definitions(
    assets=[replicated, report],
    jobs=[nightly],
    resources={"sling": SlingResource(connections=[SlingConnectionResource(name="WAREHOUSE", type="duckdb", instance=dg.EnvVar("WAREHOUSE"))])},
)
