import os

import dagster as dg


@dg.asset
def totals() -> int:
    return 2


@dg.asset(key=["other", "place"])
def others() -> int:
    return 1


@dg.asset
def late() -> None: ...


@dg.asset_check(asset=totals, additional_ins={"more": dg.AssetIn(dg.AssetKey(["other", "place"]))})
def enough(totals: int, more: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=totals >= more)


@dg.asset_check(asset=totals, additional_deps=[late, "others"])
def in_time() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)



@dg.asset(ins={"more": dg.AssetIn(os.environ["KEY"])})
def of_an_untold(more: int) -> int:
    return more


job = dg.define_asset_job("job", selection="*")
defs = dg.Definitions(assets=[totals, others, late, of_an_untold], asset_checks=[enough, in_time], jobs=[job])
