from dagster_dbt import DbtCliResource, dbt_assets


@dbt_assets(manifest="dbt/target/manifest.json")
def models(context, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()
