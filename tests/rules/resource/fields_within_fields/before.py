from dagster import resource


@resource(config_schema={"mine": {"name": str}, "depth": int})
def shovel(context):
    return context.resource_config["mine"]["name"]
