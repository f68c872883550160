from dagster import Definitions, asset


@asset
def model(seed: int) -> int:
    seed = seed
    return seed


@asset
def seed() -> int:
    return 1


defs = Definitions(assets=[model, seed])
