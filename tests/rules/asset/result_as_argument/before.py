import dagster as dg


@dg.asset
def ducks() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"ducks": 2})


@dg.asset
def flight(ducks: dg.MaterializeResult) -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"flown": 1})


defs = dg.Definitions(assets=[ducks, flight], jobs=[dg.define_asset_job("both", selection=[ducks, flight])])
