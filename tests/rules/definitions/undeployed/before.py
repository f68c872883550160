from dagster import Definitions, asset


@asset
def gold() -> int:
    return 1


@asset
def forgotten() -> int:
    return 2


defs = Definitions(assets=[gold])
