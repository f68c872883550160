import dagster as dg
import dlt
from dagster_dlt import DagsterDltResource, dlt_assets

class Louder(DagsterDltResource):
    def shout(self) -> str:
        return "!"


louder = Louder()
runner = DagsterDltResource()


@dlt.source
def shop():
    return []


@dlt_assets(dlt_source=shop(), dlt_pipeline=dlt.pipeline("shop", destination="duckdb"))
def loaded(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


defs = dg.Definitions(assets=[loaded], resources={"dlt": runner, "louder": louder})
