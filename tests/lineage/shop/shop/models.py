from dagster_dbt import dbt_assets


@dbt_assets(manifest="dbt/target/manifest.json")
def models(context, dbt):
    yield from dbt.cli(["build"], context=context).stream()
