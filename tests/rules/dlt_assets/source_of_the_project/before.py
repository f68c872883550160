import dagster as dg
import dlt
from dagster_dlt import DagsterDltResource, dlt_assets


@dlt.resource(name="issues", write_disposition="merge")
def load_issues():
    yield {"id": 1}


@dlt.source(name="tracker")
def tracker_source(limit: int = 10):
    @dlt.resource
    def people():
        yield {"id": 1}

    return people, load_issues()


@dlt_assets(
    dlt_source=tracker_source(limit=3),
    dlt_pipeline=dlt.pipeline(pipeline_name="tracker", dataset_name="raw", destination="duckdb"),
    name="tracker",
    group_name="raw",
)
def tracker_assets(context: dg.AssetExecutionContext, dlt: DagsterDltResource):
    """Loads the tracker."""
    context.log.info("loading")
    yield from dlt.run(context=context).fetch_row_count()


@dg.asset(deps=["dlt_tracker_issues"])
def report() -> None:
    print("report")


nightly = dg.define_asset_job("nightly", selection=dg.AssetSelection.groups("raw").downstream())
defs = dg.Definitions(assets=[tracker_assets, report], jobs=[nightly], resources={"dlt": DagsterDltResource()})
