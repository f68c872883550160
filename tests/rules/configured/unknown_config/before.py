from dagster import Definitions, OpExecutionContext, configured, job, op


@op(config_schema={"rows": int})
def make(context: OpExecutionContext) -> int:
    return context.op_config["rows"]


loaded = configured(make, name="loaded")({"rows": int(open("rows").read())})


@job
def everything():
    loaded()


defs = Definitions(jobs=[everything])
