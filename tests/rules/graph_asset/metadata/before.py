from dagster import graph_asset, op


@op
def weigh() -> int:
    return 1


@graph_asset(metadata={"colour": "yellow"})
def gold() -> int:
    return weigh()
