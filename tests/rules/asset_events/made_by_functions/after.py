from typing import Any

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_events import materialized, observed


class Builder:
    def __init__(self, table):
        self.table = table
        self.metadata = {"rows": 3}

    def build(self) -> Any:
        rows = self.metadata.get("rows", 0)
        return materialized(f"asset://raw/{self.table}", metadata={"rows": rows})


def seen(name):
    return observed(f"asset://{name}")


def all_seen():
    yield observed("asset://first")
    yield observed("asset://second")


@materialize(
    Asset(key="asset://tables", properties=AssetProperties(name="tables")),
    cache_policy=NO_CACHE,
)
def tables() -> Any:
    outputs: dict[str, Any] = {}
    builder = Builder("orders")
    builder.build()
    seen("report")
    seen("other")
    for _ in all_seen():
        pass
    outputs["result"] = 1
    return outputs["result"]


def built(name):
    return Builder(name).build()


@task
def changed(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:39: a yield of something that is no Output (line 42) has no "
        "counterpart. Return it instead."
    )
    # event = built("late")
    # event.metadata["more"] = 1
    # yield event
    # yield Output(1)
