from contextlib import contextmanager

from dagster import ConfigurableResource, Definitions, InitResourceContext, asset


class Client(ConfigurableResource):
    token: str

    def setup_for_execution(self, context: InitResourceContext) -> None:
        """Keeps the context for later."""
        self._context = context
        context.log.info(f"run {context.run_id}")

    @property
    def log(self):
        return self._context.log


class Pool(ConfigurableResource):
    client: Client

    @contextmanager
    def yield_for_execution(self, context):
        with connected(self.client, context=context):
            yield self


class Curious(ConfigurableResource):
    def setup_for_execution(self, context: InitResourceContext) -> None:
        self._home = context.instance.root_directory


@contextmanager
def connected(client, context):
    context.log.info("connected")
    yield client


@asset
def page(client: Client, pool: Pool, curious: Curious) -> str:
    client.log.info("page")
    return client.token


defs = Definitions(
    assets=[page],
    resources={"client": Client(token="a"), "pool": Pool(client=Client(token="b")), "curious": Curious()},
)
