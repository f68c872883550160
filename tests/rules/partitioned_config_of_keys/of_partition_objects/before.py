from dagster import Definitions, PartitionedConfig, StaticPartitionsDefinition, job, op


def of_a_team(partition):
    return {"ops": {"greet": {"config": {"team": partition.value}}}}


@op(config_schema={"team": str})
def greet(context) -> str:
    return context.op_config["team"]


by_team = PartitionedConfig(
    partitions_def=StaticPartitionsDefinition(["red", "blue"]), run_config_for_partition_fn=of_a_team
)


@job(config=by_team)
def greetings():
    greet()


defs = Definitions(jobs=[greetings])
