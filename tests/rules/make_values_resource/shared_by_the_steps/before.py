import dagster as dg
from dagster import Field, fs_io_manager, make_values_resource


@dg.op(required_resource_keys={"values"})
def feed(context) -> str:
    return context.resources.values["day"]


@dg.op(required_resource_keys={"values"})
def count(context, day: str) -> int:
    return len(day) * context.resources.values["times"]


@dg.job(
    resource_defs={
        "values": make_values_resource(
            day=Field(str, default_value="today", description="what to count"), times=int
        ),
        "io_manager": fs_io_manager,
    }
)
def every_day():
    count(feed())


@dg.job(resource_defs={"values": make_values_resource(day=Field(str, default_value="now"), times=Field(int, default_value=2))})
def at_once():
    """All of it has defaults."""
    count(feed())


defs = dg.Definitions(jobs=[every_day, at_once])
