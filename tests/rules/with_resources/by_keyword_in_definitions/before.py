"""Bound at the top of a module by keyword; another is given by the Definitions."""

from dagster import Definitions, asset, resource, with_resources


@resource
def clock(context):
    return 7


@resource
def bell(context):
    return "ding"


@asset(required_resource_keys={"clock"})
def hour(context):
    return context.resources.clock


@asset(required_resource_keys={"bell"})
def rung(context, hour):
    return [context.resources.bell] * hour


timed = with_resources(definitions=[hour], resource_defs={"clock": clock})

defs = Definitions(assets=[*timed, rung], resources={"bell": bell})
