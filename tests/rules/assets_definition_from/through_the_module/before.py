import dagster as dg


@dg.op
def fetch() -> int:
    return 1


@dg.graph
def both():
    return fetch()


of_graph = dg.AssetsDefinition.from_graph(both)
of_op = dg.AssetsDefinition.from_op(fetch, key_prefix="x")


def annotated(given: dg.AssetsDefinition) -> dg.AssetsDefinition:
    return given


defs = dg.Definitions(assets=[of_graph, of_op])
