from datetime import timedelta

import dagster as dg


@dg.asset
def gold() -> int:
    return 1


late = dg.build_last_update_freshness_checks(assets=[gold], lower_bound_delta=timedelta(hours=1))
columns = dg.build_column_schema_change_checks(assets=[gold])
bounds = dg.build_metadata_bounds_checks(assets=[gold], metadata_key="ounces", min_value=1)
