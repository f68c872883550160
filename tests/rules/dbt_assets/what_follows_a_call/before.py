from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

MANIFEST = Path("dbt/target/manifest.json")


@dbt_assets(manifest=MANIFEST)
def looked_at(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    invocation = dbt.cli(["build"], context=context)
    yield from invocation.stream()
    for result in invocation.get_artifact("run_results.json")["results"]:
        context.log.debug(result["status"])


@dbt_assets(manifest=MANIFEST, select="tag:a")
def twice(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["seed"], context=context).stream()
    # the models read the seeds
    yield from dbt.cli(["run"], context=context).stream()


@dbt_assets(manifest=MANIFEST, select="tag:b")
def each(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    for command in ("seed", "run"):
        yield from dbt.cli([command], context=context).stream()


@dbt_assets(manifest=MANIFEST, select="tag:c")
def one_of_two(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    if context.run.tags.get("full"):
        yield from dbt.cli(["build", "--full-refresh"], context=context).stream()
    else:
        invocation = dbt.cli(["build"], context=context)
        yield from invocation.stream().fetch_row_counts()


def ran(context: dg.AssetExecutionContext, command):
    context.log.info(f"dbt {command}")
    try:
        yield from context.resources.dbt.cli([command], context=context).stream()
    finally:
        context.log.info("over")


@dbt_assets(manifest=MANIFEST, select="tag:d", required_resource_keys={"dbt"})
def by_a_helper(context: dg.AssetExecutionContext):
    yield from ran(context, "seed")
    yield from ran(context, "run")
