import datetime
import os

import dagster as dg

late = dg.build_last_update_freshness_checks(
    assets=[os.environ["ASSET"]], lower_bound_delta=datetime.timedelta(hours=9)
)


def made_inside():
    found = dg.build_last_update_freshness_checks(assets=["a"], lower_bound_delta=datetime.timedelta(hours=9))
    return found
