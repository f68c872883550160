from dagster import asset
from dagster_dbt import DbtCliResource, dbt_assets, get_asset_key_for_model


@dbt_assets(manifest="manifest.json")
def models(context, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@asset(deps=[get_asset_key_for_model([models], "fct_orders")])
def report() -> int:
    return 1
