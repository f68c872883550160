import dagster as dg


@dg.asset
def gold() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 3})


enough = dg.build_metadata_bounds_checks(assets=[gold], metadata_key="rows", min_value=1, exclusive_max=True, max_value=9)
defs = dg.Definitions(assets=[gold], asset_checks=enough)
