"""A graph that makes two assets hands them over by name; what is no such dictionary needs a person."""

from dagster import (
    AssetOut,
    ConfigurableIOManager,
    Definitions,
    Out,
    asset,
    define_asset_job,
    graph_multi_asset,
    op,
)

KEPT = {}


class Shelf(ConfigurableIOManager):
    """Keeps values in a dictionary."""

    def handle_output(self, context, obj):
        KEPT[context.name] = obj

    def load_input(self, context):
        KEPT["read for"] = context.name
        return KEPT[context.upstream_output.name]


@op
def wood():
    return 12


@op(out={"tables": Out(), "chairs": Out()})
def cut(wood):
    return wood // 10, wood % 10


@graph_multi_asset(outs={"tables": AssetOut(), "chairs": AssetOut()})
def furniture():
    tables, chairs = cut(wood())
    return {"chairs": chairs, "tables": tables}


@graph_multi_asset(outs={"beds": AssetOut(), "doors": AssetOut()})
def more():
    beds, doors = cut(wood())
    both = {"beds": beds, "doors": doors}
    return both


@asset
def seats(chairs):
    return chairs + 1


defs = Definitions(
    assets=[furniture, more, seats],
    jobs=[define_asset_job("make", selection=["tables", "chairs", "seats"])],
    resources={"io_manager": Shelf()},
)
