import datetime

import dagster as dg

late = dg.build_last_update_freshness_checks(
    assets=["gold"], lower_bound_delta=datetime.timedelta(hours=9), description="gold every morning"
)
defs = dg.Definitions(asset_checks=late)
