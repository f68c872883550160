"""One key, two resources: no flow tells which of them an asset is given."""

from dagster import Definitions, asset, define_asset_job, resource, with_resources


@resource
def red(context):
    return "red"


@resource
def blue(context):
    return "blue"


@asset(required_resource_keys={"colour"})
def rose(context):
    return context.resources.colour


@asset(required_resource_keys={"colour"})
def sky(context):
    return context.resources.colour


defs = Definitions(
    assets=[
        *with_resources([rose], {"colour": red}),
        *with_resources([sky], {"colour": blue}),
    ],
    jobs=[define_asset_job("paint", selection=["rose"])],
)
