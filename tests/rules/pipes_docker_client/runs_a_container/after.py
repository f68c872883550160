"""An asset that a container makes, and an argument of the client that the target has not."""

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.containers import Containers


class Ours:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:7: PipesDockerClient Ours: a class on top of PipesDockerClient "
            "is not converted. Write it by hand, or ask for a rule."
        )


def client() -> Containers:
    return Containers(registry={"url": "r", "username": "me", "password": "secret"})


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
