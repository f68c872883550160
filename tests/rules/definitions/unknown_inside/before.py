import dagster as dg


@dg.asset
def gold() -> int:
    return 1


defs = dg.Definitions(assets=[gold], sensors=[dg.OfALaterVersion("vault")])
