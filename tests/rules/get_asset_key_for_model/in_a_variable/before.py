from dagster_dbt import DbtCliResource, dbt_assets, get_asset_key_for_model


@dbt_assets(manifest="manifest.json")
def models(context, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


ORDERS = get_asset_key_for_model([models], "fct_orders")
