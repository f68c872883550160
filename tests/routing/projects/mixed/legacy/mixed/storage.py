"""Where the shop keeps its values: JSON files, in the place that MIXED_STORE names."""

import json
from pathlib import Path

from dagster import ConfigurableIOManager, EnvVar, InputContext, OutputContext


class JsonStore(ConfigurableIOManager):
    root: str

    def _path(self, context: InputContext | OutputContext) -> Path:
        return Path(self.root, *context.asset_key.path).with_suffix(".json")

    def handle_output(self, context: OutputContext, obj: object) -> None:
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(obj))

    def load_input(self, context: InputContext) -> object:
        return json.loads(self._path(context).read_text())


json_store = JsonStore(root=EnvVar("MIXED_STORE"))
