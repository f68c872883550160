import dagster as dg
from dagster import ConfigurableResource, ResourceDependency

LOG: list[str] = []


class Vault(ConfigurableResource):
    name: str

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        LOG.append(f"open {self.name}")

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        LOG.append(f"close {self.name}")


class Client(ConfigurableResource):
    vault: ResourceDependency[Vault]
    retries: int = 3


class Api(ConfigurableResource):
    client: dg.ResourceDependency[Client]

    def setup_for_execution(self, context) -> None:
        LOG.append("open api")

    def ask(self) -> str:
        LOG.append(f"ask {self.client.vault.name} {self.client.retries}")
        return self.client.vault.name


@dg.asset
def answer(api: Api) -> str:
    return api.ask()


defs = dg.Definitions(
    assets=[answer],
    jobs=[dg.define_asset_job("daily", selection="answer")],
    resources={"api": Api(client=Client(vault=Vault(name="north")))},
)
