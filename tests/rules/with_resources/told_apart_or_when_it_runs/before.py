"""Resources that no function of the target can make: of a local name, and with config given apart."""

from dagster import asset, define_asset_job, repository, resource, with_resources


@resource(config_schema={"url": str})
def warehouse(context):
    return context.resource_config["url"]


@asset(required_resource_keys={"warehouse"})
def orders(context):
    return context.resources.warehouse


@asset(required_resource_keys={"store"})
def parcels(context):
    return context.resources.store


@repository
def everything():
    url = "duck"
    return [
        *with_resources([orders], {"warehouse": warehouse.configured({"url": url})}),
        *with_resources(
            [parcels], {"store": warehouse}, resource_config_by_key={"store": {"config": {"url": "goose"}}}
        ),
        define_asset_job("load_orders", selection=["orders"]),
        define_asset_job("load_parcels", selection=["parcels"]),
    ]
