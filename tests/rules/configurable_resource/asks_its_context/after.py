from contextlib import contextmanager

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from pydantic import BaseModel

from prefect_support.task_context import TaskContext
from prefect_support.validations import run_logger


class Client(BaseModel):
    token: str

    def setup_for_execution(self) -> None:
        """Keeps the context for later."""
        context = TaskContext()
        self._context = context
        run_logger().info(f"run {flow_run.id}")

    @property
    def log(self):
        return self._context.log


class Pool(BaseModel):
    client: Client

    @contextmanager
    def yield_for_execution(self):
        context = TaskContext()
        with connected(self.client, context=context):
            yield self


class Curious(BaseModel):
    def setup_for_execution(self) -> None:
        raise NotImplementedError(
            "code.py:28: setup_for_execution asks for context.instance, which "
            "Prefect does not hand over. Take what it needs from a field of the "
            "class."
        )


@contextmanager
def connected(client, context):
    context.log.info("connected")
    yield client


@materialize(
    Asset(key="asset://page", properties=AssetProperties(name="page")),
    cache_policy=NO_CACHE,
)
def page(client: Client, pool: Pool, curious: Curious) -> str:
    client.log.info("page")
    return client.token


def client() -> Client:
    return Client(token="a")


def pool() -> Pool:
    return Pool(client=Client(token="b"))


def curious() -> Curious:
    return Curious()
