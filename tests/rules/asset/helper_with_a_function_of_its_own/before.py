from dagster import Definitions, MaterializeResult, asset


def stored(rows: int) -> MaterializeResult:
    def checked(row: int) -> bool:
        return row > 1

    if rows < 0:
        return
    return MaterializeResult(metadata={"many": checked(rows)})


@asset
def written() -> MaterializeResult:
    return stored(3)


defs = Definitions(assets=[written])
