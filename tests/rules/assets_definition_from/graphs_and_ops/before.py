from dagster import (
    AssetKey,
    AssetsDefinition,
    DailyPartitionsDefinition,
    Definitions,
    GraphOut,
    Out,
    Output,
    asset,
    graph,
    op,
)

days = DailyPartitionsDefinition("2024-01-01")


@op
def add(x):
    return x + 1


@op(out={"one": Out(), "two": Out()})
def split(whole):
    yield Output(whole, "one")
    yield Output(whole, "two")


@asset
def first():
    return 1


# nothing else names it
@graph
def middle(first):
    """In the middle."""
    return add(first)


middle = AssetsDefinition.from_graph(middle, group_name="between")


@asset
def last(middle):
    return middle


@graph(out={"a": GraphOut(), "b": GraphOut()})
def both(zero):
    one, two = split(zero)
    return {"a": one, "b": two}


explicit = AssetsDefinition.from_graph(
    both,
    keys_by_input_name={"zero": AssetKey("first")},
    keys_by_output_name={"a": AssetKey("asset_a"), "b": AssetKey(["x", "asset_b"])},
)


@graph
def shared(first):
    return add(add(first))


@graph
def around(first):
    return shared(first)


one_op = AssetsDefinition.from_op(add, keys_by_input_name={"x": AssetKey("first")}, key_prefix="ops")
two_ops = AssetsDefinition.from_op(split, keys_by_input_name={"whole": AssetKey("first")})
untold = AssetsDefinition.from_graph(around, metadata_by_output_name={"result": {"a": 1}})

defs = Definitions(
    assets=[first, middle, last, explicit, AssetsDefinition.from_graph(shared), one_op, two_ops, untold]
)
