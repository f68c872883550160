from dagster import (
    AssetExecutionContext,
    Definitions,
    Field,
    InitResourceContext,
    IOManager,
    StringSource,
    asset,
    define_asset_job,
    io_manager,
    op,
    resource,
)


class Files(IOManager):
    def __init__(self, folder: str) -> None:
        self.folder = folder

    def handle_output(self, context, obj) -> None:
        print(self.folder, obj)

    def load_input(self, context):
        return self.folder


@resource(config_schema={"size": Field(int, default_value=3, description="How large."), "name": StringSource})
def pond(init_context: InitResourceContext) -> dict:
    """A pond."""
    size = init_context.resource_config["size"]
    return {"size": size, "name": init_context.resource_config.get("name")}


# opened and closed
@resource(required_resource_keys={"pond"})
def fence(context):
    context.log.info(str(context.resources.pond))
    try:
        yield context.resources.pond["size"]
    finally:
        print("closed")


@io_manager(config_schema={"folder": str})
def files(init_context):
    return Files(init_context.resource_config["folder"])


@resource
def asks_too_much(init_context):
    return init_context.instance


@asset(required_resource_keys={"pond", "fence"}, io_manager_key="store")
def ducks(context: AssetExecutionContext) -> int:
    return context.resources.pond["size"] + context.resources.fence


everything = define_asset_job("everything")
small_pond = pond.configured({"size": 1, "name": {"env": "POND"}})
defs = Definitions(
    assets=[ducks],
    jobs=[everything],
    resources={
        "pond": small_pond,
        "fence": fence,
        "store": files.configured({"folder": "/data"}),
        "unused": asks_too_much,
    },
)
