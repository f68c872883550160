from dagster import Definitions, String, StringSource, graph, op, resource


@resource(config_schema={"name": str, "password": StringSource})
def pond(context):
    return f"{context.resource_config['name']} {context.resource_config['password']}"


@op(required_resource_keys={"pond"})
def feed(context) -> String:
    return context.resources.pond


@op
def shout(text: String) -> String:
    return text.upper()


@graph
def feeding():
    shout(feed())


CONFIG = {"resources": {"pond": {"config": {"name": "north", "password": {"env": "POND"}}}}}

night = feeding.to_job(name="night", resource_defs={"pond": pond}, config=CONFIG)

defs = Definitions(jobs=[night])
