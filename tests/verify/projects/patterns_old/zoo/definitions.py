"""The less usual things that Dagster deploys, spelled so that 1.10 and newer load them."""

from enum import Enum

import dagster as dg

daily = dg.DailyPartitionsDefinition(start_date="2025-12-30")
grid = dg.MultiPartitionsDefinition(
    {"day": dg.StaticPartitionsDefinition(["a", "b"]), "region": dg.StaticPartitionsDefinition(["x"])}
)


class Colour(Enum):
    RED = "r"


class Inner(dg.Config):
    deep: int = 4


class Settings(dg.Config):
    inner: Inner = Inner(deep=5)
    colour: Colour = Colour.RED
    maybe: int | None = None
    needed: str


@dg.op
def start(config: Settings):
    return 1


@dg.op
def double(x):
    return x


@dg.op(out={"a": dg.Out(), "b": dg.Out(is_required=False)})
def split(): ...


@dg.op(out=dg.DynamicOut())
def many(): ...


@dg.op
def collect(xs): ...


@dg.graph
def inner_graph(x):
    return double(double(x))


@dg.graph
def outer_graph(x):
    return double.alias("last")(inner_graph(x))


@dg.job(op_retry_policy=dg.RetryPolicy(4, 1))
def nested():
    outer_graph(start())
    a, _ = split()
    double.with_retry_policy(dg.RetryPolicy(1))(a)
    collect(many().map(double.alias("mapped")).collect())


@dg.job(config={"ops": {"start": {"config": {"needed": "preset"}}}})
def preset():
    start()


@dg.graph_asset
def from_graph():
    return double(start())


@dg.asset(partitions_def=daily)
def by_day(): ...


@dg.asset(partitions_def=grid)
def by_grid(): ...


@dg.asset(partitions_def=dg.DynamicPartitionsDefinition(name="files"))
def by_file(): ...


@dg.asset(
    ins={
        "past": dg.AssetIn(
            "remembers", partition_mapping=dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)
        )
    },
    partitions_def=daily,
)
def remembers(past): ...


@dg.observable_source_asset
def watched():
    return dg.DataVersion("1")


@dg.multi_asset(specs=[dg.AssetSpec("m1"), dg.AssetSpec("m2", deps=["m1", "outside"])])
def several(): ...


@dg.asset(
    check_specs=[dg.AssetCheckSpec("inside", asset="automated", blocking=True)],
    automation_condition=dg.AutomationCondition.eager(),
)
def automated(): ...


daily_job = dg.define_asset_job("daily_job", [by_day], partitions_def=daily)


@dg.schedule(cron_schedule=["0 1 * * *", "0 13 * * 1"], job=nested, execution_timezone="Europe/Berlin")
def two_lines(context):
    raise RuntimeError("a schedule's own code may need anything")


@dg.sensor(jobs=[nested, daily_job])
def of_two_jobs(): ...


@dg.definitions
def defs():
    return dg.Definitions(
        assets=[from_graph, by_day, by_grid, by_file, remembers, watched, several, automated],
        jobs=[nested, preset, daily_job],
        schedules=[dg.build_schedule_from_partitioned_job(daily_job, hour_of_day=3), two_lines],
        sensors=[of_two_jobs],
        resources={"zoo": dg.ResourceDefinition.hardcoded_resource(1)},
    )
