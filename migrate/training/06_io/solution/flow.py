"""The same values in the same files, in Prefect."""

import json
import os
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.assets import materialize

# Prefect hands values from task to task in memory. It can persist results, but under names of its own. If
# other programs read your files, say where they lie: store at the end of a task, load at the start of one.


def file_of(key: str) -> Path:
    return Path(os.environ["STORE"], *key.split("/")).with_suffix(".json")


def store(key: str, value: Any) -> None:
    file = file_of(key)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, sort_keys=True))


def load(key: str) -> Any:
    return json.loads(file_of(key).read_text())


@materialize("asset://shop/orders")
def orders() -> None:
    store("shop/orders", [{"price": 400, "item": "bicycle"}, {"price": 12, "item": "bell"}])


@materialize("asset://shop/revenue", asset_deps=["asset://shop/orders"])
def revenue() -> None:
    found = load("shop/orders")
    store("shop/revenue", {"total": sum(order["price"] for order in found), "orders": len(found)})


@flow
def sales() -> None:
    orders()
    revenue()


# What a run of one asset is in Dagster: a flow of its own, over what an earlier run stored.
@flow
def revenue_only() -> None:
    revenue()
