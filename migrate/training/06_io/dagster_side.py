"""Values that an IO manager keeps as JSON files, in Dagster. `python dagster_side.py` runs it."""

import json
import os
import tempfile
from pathlib import Path

import dagster as dg

STORE = Path(os.environ.get("STORE") or tempfile.mkdtemp())


class JsonStore(dg.ConfigurableIOManager):
    root: str

    def file(self, key: dg.AssetKey) -> Path:
        return Path(self.root, *key.path).with_suffix(".json")

    def handle_output(self, context: dg.OutputContext, value) -> None:
        file = self.file(context.asset_key)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value, sort_keys=True))

    def load_input(self, context: dg.InputContext):
        return json.loads(self.file(context.asset_key).read_text())


@dg.asset(key_prefix="shop")
def orders() -> list[dict]:
    return [{"price": 400, "item": "bicycle"}, {"price": 12, "item": "bell"}]


@dg.asset(key_prefix="shop", ins={"orders": dg.AssetIn(key=["shop", "orders"])})
def revenue(orders: list[dict]) -> dict:
    return {"total": sum(order["price"] for order in orders), "orders": len(orders)}


if __name__ == "__main__":
    resources = {"io_manager": JsonStore(root=str(STORE))}
    dg.materialize([orders, revenue], resources=resources)
    # A run of one asset loads what an earlier run stored.
    (STORE / "shop" / "orders.json").write_text('[{"item": "lamp", "price": 30}]')
    dg.materialize([orders, revenue], selection=[revenue], resources=resources)
    files = sorted(file for file in STORE.rglob("*.json"))
    print(json.dumps({str(file.relative_to(STORE)): file.read_text() for file in files}))
