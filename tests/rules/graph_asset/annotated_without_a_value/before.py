from dagster import Definitions, asset, graph_asset, op


@op
def numbers() -> list[int]:
    return [1, 2]


@op
def total(given: list[int]) -> int:
    return sum(given)


@op
def said(given: int) -> None:
    print(given)


@graph_asset
def added() -> None:
    """What it holds is what its last op returns."""
    return total(numbers())


@graph_asset
def announced() -> None:
    return said(total(numbers()))


@asset
def twice(added: int) -> int:
    return added * 2


defs = Definitions(assets=[added, announced, twice])
