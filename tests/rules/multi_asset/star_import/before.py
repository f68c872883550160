from dagster import *


@multi_asset(outs={"a": AssetOut(), "b": AssetOut()})
def tables(context):
    for asset in ("a", "b"):
        context.log.info(str(len(asset)))
        print(asset)
    yield Output(1, "a")
    yield Output(2, "b")


@asset
def total(a, b):
    return sum([a, b])


defs = Definitions([tables, total])
