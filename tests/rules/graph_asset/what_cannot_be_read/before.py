from elsewhere import late

from dagster import Definitions, asset, graph_asset, op


@op
def one() -> int:
    return 1


@graph_asset
def picked():
    if late():
        return one()


defs = Definitions(assets=[picked])
