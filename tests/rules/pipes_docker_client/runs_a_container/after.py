"""An asset that a container makes, and an argument of the client that the target has not."""

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.containers import Containers


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(docker: Containers) -> None:
    docker.run(
        image="orders:1",
        command=["python", "orders.py"],
        env={"SHOP": "a"},
        container_kwargs={"mem_limit": "8g"},
        extras={"rows": 10})


def docker() -> Containers:
    return Containers(env={"LAND": "de"})
