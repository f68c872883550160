from dagster import Field, OpExecutionContext, configured, job, op


@op(config_schema={"rows": Field(int), "name": Field(str, default_value="a")})
def make(context: OpExecutionContext) -> int:
    return context.op_config["rows"]


few = make.configured({"rows": 3}, name="few")
many = configured(make, name="many")({"rows": 300, "name": "b"})


@job
def everything():
    few()
    many()
    make.alias("asked")()
