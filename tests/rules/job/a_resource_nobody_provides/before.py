from dagster import Definitions, job, op, resource


@resource
def pond(context):
    return "north"


@op(required_resource_keys={"pond", "gate"})
def feed(context) -> str:
    return context.resources.gate


@job(resource_defs={"pond": pond})
def without():
    feed()


defs = Definitions(jobs=[without])
