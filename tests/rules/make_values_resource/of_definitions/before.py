from dagster import Definitions, asset, make_values_resource


@asset(required_resource_keys={"values"})
def ducks(context) -> int:
    return context.resources.values["size"]


defs = Definitions(assets=[ducks], resources={"values": make_values_resource(size=int)})
