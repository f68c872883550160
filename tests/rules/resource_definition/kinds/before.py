import dagster as dg
from dagster import ResourceDefinition


@dg.asset(required_resource_keys={"size", "mock", "nothing"})
def ducks(context: dg.AssetExecutionContext) -> int:
    return context.resources.size


defs = dg.Definitions(
    assets=[ducks],
    resources={
        "size": ResourceDefinition.hardcoded_resource(3),
        "mock": dg.ResourceDefinition.mock_resource(),
        "nothing": ResourceDefinition.none_resource(),
    },
)
