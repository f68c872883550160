"""Resources bound to assets where a repository lists them: built in place, and held by a variable."""

from dagster import (
    IOManager,
    ScheduleDefinition,
    asset,
    define_asset_job,
    io_manager,
    repository,
    resource,
    with_resources,
)


@resource(config_schema={"url": str})
def warehouse(context):
    return {"url": context.resource_config["url"]}


@resource
def letters(context):
    return ["a", "b"]


class Drawer(IOManager):
    """Keeps values in a dictionary."""

    def __init__(self):
        self.values = {}

    def handle_output(self, context, obj):
        self.values[context.asset_key.path[-1]] = obj

    def load_input(self, context):
        return self.values[context.asset_key.path[-1]]


DRAWER = Drawer()


@io_manager
def drawer(context):
    return DRAWER


@asset(required_resource_keys={"warehouse", "letters"})
def orders(context):
    return [context.resources.warehouse["url"], *context.resources.letters]


@asset
def counted(orders):
    return len(orders)


shared = {"letters": letters, "io_manager": drawer}
load = define_asset_job("load", selection="*")


@repository
def everything():
    return [
        *with_resources([orders, counted], {"warehouse": warehouse.configured({"url": "duck"}), **shared}),
        load,
        ScheduleDefinition(job=load, cron_schedule="0 3 * * *"),
    ]
