from dagster import Definitions, asset, graph_asset, op


@op
def one() -> int:
    return 1


@graph_asset
def picked():
    if 1 > 2:
        return one()


defs = Definitions(assets=[picked])
