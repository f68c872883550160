from dagster import AssetMaterialization, Definitions, Output, asset


def made(name):
    return AssetMaterialization(asset_key=name)


@asset
def tables():
    left_alone = made("never")
    print(left_alone)
    yield made("told")
    yield Output(1)


defs = Definitions([tables])
