import dagster as dg


@dg.op
def process(context):
    name = context.op_config["name"] + context.op_config["schema"]
    context.log.info(f"{name} of {context.op_config}")


@dg.op
def typed(context: dg.OpExecutionContext, config: dict):
    context.log.info(str(config))


@dg.job
def by_hand():
    process()


@dg.job(config={"ops": {"process": {"config": {"name": "a.txt"}}}})
def fixed():
    process()


@dg.sensor(job=by_hand)
def watch(context):
    yield dg.RunRequest(run_key="1", run_config={"ops": {"process": {"config": {"name": "b.txt"}}}})


defs = dg.Definitions(jobs=[by_hand, fixed], sensors=[watch])
