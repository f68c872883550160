from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.tasks import MaterializingTask


def key(name: str) -> Any:
    parts = ["shop"]
    return "asset://" + "/".join([*parts, name])


def build(name: str) -> MaterializingTask[..., Any]:
    @materialize(
        Asset(
            key=f"asset://{name}_total", properties=AssetProperties(name=f"{name}_total")
        ),
        name=f"{name}_total",
        asset_deps=[key(name), "asset://rates"],
        cache_policy=NO_CACHE,
    )
    def total() -> None:
        ...

    return total


orders, sales = build("orders"), build("sales")


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://orders_total"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    ...
