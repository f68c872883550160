import dagster as dg


@dg.asset
def gold() -> int:
    return 1


late = dg.build_time_partition_freshness_checks(assets=[gold], deadline_cron="0 9 * * *")
columns = dg.build_column_schema_change_checks(assets=[gold])
bounds = dg.build_metadata_bounds_checks(assets=[gold], metadata_key="ounces", min_value=1)
