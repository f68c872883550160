from dagster import Definitions, asset, resource


@resource(config_schema={"size": int, "name": str})
def pond(init_context):
    return init_context.resource_config["size"]


def load():
    return {"size": int(open("size").read()), "name": ""}


@asset(required_resource_keys={"pond"})
def ducks(context) -> int:
    return context.resources.pond


loaded = pond.configured(load())
small = pond.configured({"size": 1, "name": {"env": "POND"}})
defs = Definitions(
    assets=[ducks],
    resources={"pond": small, "loaded": loaded, "inline": pond.configured({"size": 2, "name": "a"})},
)
