"""The config as a dictionary: all of it, without what was not given."""

from dagster import Definitions, Field, String, asset, io_manager, resource


class Store:
    def __init__(self, config) -> None:
        self.config = config

    def handle_output(self, context, obj) -> None:
        print(self.config, obj)

    def load_input(self, context):
        return self.config


@io_manager(config_schema={"host": str, "port": Field(int, default_value=5432)})
def store(init_context):
    return Store(init_context.resource_config)


@resource(config_schema={"host": Field(String), "port": Field(int, is_required=False)})
def database(context):
    config = context.resource_config
    return (config["host"], config.get("port", 5432), context.resource_config.get("port", 1))


@resource
def free(context):
    return context.resource_config


@asset(required_resource_keys={"database", "free"})
def ducks(context) -> int:
    return len(context.resources.database)


defs = Definitions(
    assets=[ducks],
    resources={
        "io_manager": store.configured({"host": "here"}),
        "database": database.configured({"host": "there"}),
        "free": free,
    },
)
