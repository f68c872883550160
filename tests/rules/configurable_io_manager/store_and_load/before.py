import json
from pathlib import Path

from dagster import ConfigurableIOManager, Definitions, InputContext, OutputContext, asset, define_asset_job


class JsonStore(ConfigurableIOManager):
    """One file an asset."""

    root: str

    def _path(self, context: InputContext | OutputContext) -> Path:
        return Path(self.root, *context.asset_key.path)

    def handle_output(self, context: OutputContext, obj) -> None:
        self._path(context).write_text(json.dumps(obj))

    def load_input(self, context: InputContext):
        return json.loads(self._path(context).read_text())


@asset(io_manager_key="store")
def gold() -> int:
    return 1


@asset
def wealth(gold: int) -> int:
    return gold * 2


store = JsonStore(root="/safe")
everything = define_asset_job("everything")
defs = Definitions(assets=[gold, wealth], jobs=[everything], resources={"store": store})
