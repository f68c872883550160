import dagster as dg


def table(name: str):
    @dg.asset(name=name)
    def _table() -> int:
        return 1

    return _table


@dg.asset
def one() -> int:
    return 1


defs = dg.Definitions(assets=[one])
