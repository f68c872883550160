from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

MANIFEST = Path("dbt/target/manifest.json")


def ran(dbt, context):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(manifest=MANIFEST)
def elsewhere(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from ran(dbt, context)


@dbt_assets(manifest=MANIFEST, select="tag:a")
def told(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    for event in dbt.cli(["build"], context=context).stream():
        context.log.info(str(event))
        yield event
