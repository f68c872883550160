from dagster import (
    Config,
    DailyPartitionsDefinition,
    Definitions,
    PartitionedConfig,
    StaticPartitionsDefinition,
    asset,
    define_asset_job,
    job,
    op,
)

days = DailyPartitionsDefinition(start_date="2024-01-01")


class Source(Config):
    bucket: str
    size: int = 1


@asset(key_prefix="raw", partitions_def=days)
def events(config: Source) -> list[str]:
    return [config.bucket] * config.size


def of_a_day(partition_key: str):
    return {"ops": {"raw__events": {"config": {"bucket": f"s3://events/{partition_key}"}}}}


events_by_day = PartitionedConfig(
    partitions_def=days,
    run_config_for_partition_key_fn=of_a_day,
    tags_for_partition_key_fn=lambda key: {"month": key[:7]},
)
all_events = define_asset_job("all_events", selection=[events], config=events_by_day)
same_events = define_asset_job(
    "same_events",
    selection=[events],
    config=PartitionedConfig(partitions_def=days, run_config_for_partition_key_fn=of_a_day),
)


def of_a_team(partition_key: str):
    return {"ops": {"greet": {"config": {"team": partition_key}}}}


@op(config_schema={"team": str})
def greet(context) -> str:
    return context.op_config["team"]


by_team = PartitionedConfig(
    partitions_def=StaticPartitionsDefinition(["red", "blue"]), run_config_for_partition_key_fn=of_a_team
)


@job(config=by_team)
def greetings():
    greet()


defs = Definitions(assets=[events], jobs=[all_events, same_events, greetings])
