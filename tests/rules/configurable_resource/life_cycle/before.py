from contextlib import contextmanager

from dagster import ConfigurableResource, InitResourceContext


class Safe(ConfigurableResource):
    path: str

    def setup_for_execution(self, context: InitResourceContext) -> None:
        self._open = True

    def teardown_after_execution(self, context: InitResourceContext) -> None:
        context.log.info("closed")


class Vault(Safe):
    @contextmanager
    def yield_for_execution(self, context):
        yield self
