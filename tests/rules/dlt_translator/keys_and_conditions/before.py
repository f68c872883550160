import dagster as dg
import dlt
from dagster._annotations import public
from dagster_dlt import DagsterDltResource, DagsterDltTranslator, dlt_assets
from dagster_dlt.translator import DltResourceTranslatorData
from dlt.extract.resource import DltResource


@dlt.source
def shop():
    @dlt.resource
    def orders():
        yield {"id": 1}

    yield orders


class Keys(DagsterDltTranslator):
    @public
    def get_automation_condition(self, resource):
        return dg.AutomationCondition.on_cron("0 0 * * *") & ~dg.AutomationCondition.in_progress()

    @public
    def get_asset_key(self, resource: DltResource) -> dg.AssetKey:
        return dg.AssetKey(["dlt", resource.source_name, resource.name])


class Specs(DagsterDltTranslator):
    def get_asset_spec(self, data: DltResourceTranslatorData) -> dg.AssetSpec:
        spec = super().get_asset_spec(data)
        return spec.replace_attributes(key=spec.key.with_prefix("raw"), deps=[dg.AssetKey("source")], group_name="raw")


PIPELINE = dlt.pipeline("shop", destination="duckdb")


@dlt_assets(dlt_source=shop(), dlt_pipeline=PIPELINE, dagster_dlt_translator=Keys())
def one(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


@dlt_assets(dlt_source=shop(), dlt_pipeline=PIPELINE, dagster_dlt_translator=Specs())
def two(context, dlt: DagsterDltResource):
    yield from dlt.run(context=context)


defs = dg.Definitions(assets=[one, two], resources={"dlt": DagsterDltResource()})
