import dagster as dg


# one a day
@dg.asset(partitions_def=dg.DailyPartitionsDefinition(start_date="2024-01-01"), group_name="pond")
def ducks(context: dg.AssetExecutionContext) -> None:
    print(context.partition_time_window.start)


@dg.asset(partitions_def=dg.DailyPartitionsDefinition(start_date="2024-01-01"), deps=[ducks])
def birds(context: dg.AssetExecutionContext) -> None:
    print(context.partition_key)


daily = dg.define_asset_job("daily", selection=[ducks, birds])
every_day = dg.build_schedule_from_partitioned_job(daily, hour_of_day=3)

defs = dg.Definitions(assets=[ducks, birds], jobs=[daily], schedules=[every_day])
