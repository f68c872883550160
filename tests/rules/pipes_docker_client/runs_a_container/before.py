"""An asset that a container makes, and an argument of the client that the target has not."""

import dagster as dg
from dagster_docker import PipesDockerClient


class Ours(PipesDockerClient):
    def run(self, **given):
        return super().run(**given)


client = PipesDockerClient(registry={"url": "r", "username": "me", "password": "secret"})


@dg.asset
def orders(context: dg.AssetExecutionContext, docker: PipesDockerClient) -> dg.MaterializeResult:
    return docker.run(
        image="orders:1",
        command=["python", "orders.py"],
        env={"SHOP": "a"},
        container_kwargs={"mem_limit": "8g"},
        extras={"rows": 10},
        context=context,
    ).get_materialize_result()


defs = dg.Definitions(assets=[orders], resources={"own": client, "docker": PipesDockerClient(env={"LAND": "de"})})
