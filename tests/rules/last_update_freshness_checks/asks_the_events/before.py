import datetime

import dagster as dg

LIMIT = datetime.timedelta(hours=9)
tables = {name: dg.AssetKey(["stripe", name]) for name in ("charges", "coupons")}


@dg.asset
def gold() -> int:
    return 1


late_tables = dg.build_last_update_freshness_checks(
    assets=[*tables.values(), gold],
    lower_bound_delta=LIMIT,
    deadline_cron="0 9 * * *",
    timezone="Europe/Berlin",
    severity=dg.AssetCheckSeverity.ERROR,
)
watch = dg.build_sensor_for_freshness_checks(
    freshness_checks=late_tables, default_status=dg.DefaultSensorStatus.RUNNING
)

defs = dg.Definitions(
    assets=[gold],
    asset_checks=[
        *late_tables,
        *dg.build_last_update_freshness_checks(assets=["gold"], lower_bound_delta=datetime.timedelta(days=1)),
    ],
    sensors=[watch],
)
