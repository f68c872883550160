from dagster import Definitions, ResourceDefinition, job, op, resource


class Pond:
    def __init__(self, name: str, ducks: int = 0) -> None:
        self.name, self.ducks = name, ducks


@resource(config_schema={"name": str})
def pond(context):
    return Pond(context.resource_config["name"])


@resource
def gate(context):
    yield "open"


@op(required_resource_keys={"pond", "gate", "guard"})
def feed(context) -> str:
    return f"{context.resources.pond.name} {context.resources.gate}"


SHARED = {"gate": gate, "guard": ResourceDefinition.mock_resource()}


@job(resource_defs={**SHARED, "pond": pond.configured({"name": "north"})})
def north():
    feed()


@job(resource_defs={**SHARED, "pond": pond}, config={"resources": {"pond": {"config": {"name": "south"}}}})
def south():
    feed()


@job(resource_defs={**SHARED, "pond": pond})
def any_pond():
    """The run says which."""
    feed()


defs = Definitions(jobs=[north, south, any_pond])
