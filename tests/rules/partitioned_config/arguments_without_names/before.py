from dagster import Definitions, daily_partitioned_config, job, op


@daily_partitioned_config("2024-01-01", 15)
def of_a_day(start, end):
    return {"ops": {"load": {"config": {"day": str(start)}}}}


@op(config_schema={"day": str})
def load(context):
    print(context.op_config["day"])


@job(config=of_a_day)
def daily():
    load()


defs = Definitions(jobs=[daily])
