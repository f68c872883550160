import os
from pathlib import Path

import dagster as dg
from dagster_sling import DagsterSlingTranslator, SlingResource, sling_assets

REPLICATION = Path(os.environ["FOLDER"]) / "replication.yaml"


@sling_assets(replication_config=REPLICATION, name="loads", dagster_sling_translator=DagsterSlingTranslator(target_prefix="raw"))
def replicated(context: dg.AssetExecutionContext, sling: SlingResource):
    yield from sling.replicate(context=context, debug=True)


@dg.asset(deps=["raw/users"])
def report() -> None:
    print("report")


everything = dg.define_asset_job("everything")
some = dg.define_asset_job("some", selection=dg.AssetSelection.assets("raw/users"))
defs = dg.Definitions(assets=[report, replicated], jobs=[everything, some], resources={"sling": SlingResource()})
