import dagster as dg
from elsewhere import chosen_job

days = dg.DailyPartitionsDefinition(start_date="2024-01-01", timezone="America/New_York", hour_offset=2)
months = dg.MonthlyPartitionsDefinition("2024-01-01")
both = dg.MultiPartitionsDefinition({"month": months, "country": dg.StaticPartitionsDefinition(["de", "fr"])})


@dg.asset(partitions_def=days)
def sales(context) -> None:
    print(context.partition_key)


@dg.asset(partitions_def=both)
def totals(context) -> None:
    print(context.partition_key)


sales_job = dg.define_asset_job("sales_job", selection=[sales], partitions_def=days)
totals_job = dg.define_asset_job("totals_job", selection=[totals])

# each day, a little later
sales_schedule = dg.build_schedule_from_partitioned_job(
    sales_job, hour_of_day=5, default_status=dg.DefaultScheduleStatus.RUNNING
)
totals_schedule = dg.build_schedule_from_partitioned_job(job=totals_job, name="monthly_totals")
unknown = dg.build_schedule_from_partitioned_job(job=chosen_job)
