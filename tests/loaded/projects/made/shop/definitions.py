"""What the factories made, and what reads it."""

import dagster as dg

from shop.factory import all_checks
from shop.factory import raw_assets as made


@dg.asset(deps=made, group_name="marts")
def summary() -> None:
    """Told by reading, but for what it comes after."""


raw_job = dg.define_asset_job("raw_job", selection=dg.AssetSelection.groups("raw"))
all_job = dg.define_asset_job("all_job")

defs = dg.Definitions(assets=[*made, summary], asset_checks=all_checks(), jobs=[raw_job, all_job])
