"""The argument says what loads it; the asset, or nothing at all, says what stored it."""

from dagster import AssetIn, AssetKey, ConfigurableIOManager, Definitions, asset


class Files(ConfigurableIOManager):
    folder: str

    def handle_output(self, context, obj):
        print(self.folder, context.asset_key, obj)

    def load_input(self, context):
        return [self.folder, context.metadata["columns"]]


class Lines(Files):
    def load_input(self, context):
        return [f"{self.folder}/{context.asset_key.path[-1]}"]


@asset
def orders() -> list:
    return [1]


@asset(ins={"orders": AssetIn(input_manager_key="lines")})
def read_in_lines(orders: list) -> list:
    return orders


@asset(ins={"found": AssetIn(key=AssetKey(["lake", "found"]), input_manager_key="lines")})
def read_from_elsewhere(found) -> list:
    return found


defs = Definitions(
    assets=[orders, read_in_lines, read_from_elsewhere],
    resources={"io_manager": Files(folder="out"), "lines": Lines(folder="out")},
)
