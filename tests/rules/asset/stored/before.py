from dagster import ConfigurableIOManager, Definitions, asset, define_asset_job


class Store(ConfigurableIOManager):
    def handle_output(self, context, obj) -> None:
        raise NotImplementedError

    def load_input(self, context):
        raise NotImplementedError


@asset(io_manager_key="store")
def gold() -> int:
    return 1


everything = define_asset_job("everything")
defs = Definitions(assets=[gold], jobs=[everything], resources={"store": Store()})
