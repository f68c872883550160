from dagster import (
    AssetSelection,
    Backoff,
    ConfigurableResource,
    DefaultScheduleStatus,
    Definitions,
    EnvVar,
    Field,
    In,
    Nothing,
    Out,
    RetryPolicy,
    RunRequest,
    ScheduleDefinition,
    SkipReason,
    define_asset_job,
    in_process_executor,
    job,
    op,
    schedule,
    sensor,
)

from shop.assets import (
    customers,
    figures,
    orders,
    orders_are_small,
    published_years,
    receipts,
    receipts_exist,
    window,
    years,
)

refresh = define_asset_job(
    "refresh", AssetSelection.all() - AssetSelection.groups("published"), partitions_def=years
)
publish = define_asset_job("publish", AssetSelection.groups("published"))


@op(config_schema={"first": Field(int, default_value=2025), "last": Field(int, default_value=2027)})
def plan(context):
    return [1]


@op(out=Out(Nothing), retry_policy=RetryPolicy(2, 5, Backoff.LINEAR), pool="press")
def prepare(): ...


@op(ins={"ready": In(Nothing)})
def load(years): ...


@op
def report(loaded, title: str = "all"): ...


@job
def rebuild():
    report(load(plan(), ready=prepare()))


@sensor(job=rebuild, minimum_interval_seconds=90)
def new_file(): ...


@schedule(job=refresh, cron_schedule="0 12 1 * *")
def monthly(context):
    """Every month but one: the year after the one it is."""
    due = context.scheduled_execution_time
    if due.month == 2:
        return SkipReason("not in February")
    return RunRequest(partition_key=str(due.year + 1))


class Database(ConfigurableResource):
    path: str
    threads: int = 1
    unused: str = "x"


defs = Definitions(
    assets=[receipts, orders, customers, figures, window, *published_years],
    asset_checks=[receipts_exist, orders_are_small],
    jobs=[refresh, publish, rebuild],
    schedules=[
        ScheduleDefinition(
            name="weekly",
            job=rebuild,
            cron_schedule="0 2 * * 6",
            execution_timezone="America/New_York",
            run_config={"ops": {"plan": {"config": {"last": 2030}}}},
            default_status=DefaultScheduleStatus.RUNNING,
        ),
        ScheduleDefinition(name="daily", job=publish, cron_schedule="0 0 * * *"),
        monthly,
        # A time of day that there is not on one day of the year, in that time zone.
        ScheduleDefinition(
            name="by_night", job=publish, cron_schedule="30 2 * * *", execution_timezone="America/New_York"
        ),
    ],
    sensors=[new_file],
    resources={"database": Database(path=EnvVar("SHOP_DB"), threads=2)},
    executor=in_process_executor,
)
