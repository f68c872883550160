from dagster import ConfigurableResource, Definitions, asset, define_asset_job


class Safe(ConfigurableResource):
    path: str

    def setup_for_execution(self, context) -> None:
        self._open = True


class Vault(Safe):
    depth: int = 1


class House(ConfigurableResource):
    vault: Vault


@asset
def gold(vault: Vault, house: House) -> str:
    return vault.path


defs = Definitions(
    assets=[gold],
    jobs=[define_asset_job("daily", selection="gold")],
    resources={"vault": Vault(path="x"), "house": House(vault=Vault(path="y"))},
)
