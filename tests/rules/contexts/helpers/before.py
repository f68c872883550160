from dagster import AssetExecutionContext, ConfigurableResource, Definitions, asset, define_asset_job


class Safe(ConfigurableResource):
    path: str = "/safe"


def look(context: AssetExecutionContext, shelf: int) -> int:
    context.log.info(f"shelf {shelf} of {context.partition_key}")
    return len(context.resources.safe.path) + shelf


def look_twice(context: AssetExecutionContext) -> int:
    return look(context, 1) + look(shelf=2, context=context)


@asset(required_resource_keys={"safe"})
def gold(context: AssetExecutionContext) -> int:
    attempt = context.retry_number
    return look_twice(context) + attempt


count = define_asset_job("count")
defs = Definitions(assets=[gold], jobs=[count], resources={"safe": Safe()})
