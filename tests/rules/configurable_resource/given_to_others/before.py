from dagster import ConfigurableResource, Definitions, EnvVar, ResourceDependency, asset, define_asset_job, resource


class Vault(ConfigurableResource):
    name: str


class Api(ConfigurableResource):
    vault: Vault
    vaults: list[Vault] = []
    plain: str = ""


class Holder(ConfigurableResource):
    word: ResourceDependency[str]


@resource
def opened(context):
    yield "opened"


OTHER = Vault(name="other")  # given to one resource only
vault = Vault(name=EnvVar("VAULT"))
api = Api(vault=vault, vaults=[vault, OTHER], plain=OTHER.name)


@asset
def page(api: Api) -> str:
    return "/".join([api.vault.name, *(vault.name for vault in api.vaults), api.plain])


defs = Definitions(
    assets=[page],
    jobs=[define_asset_job("daily", selection="page")],
    resources={"vault": vault, "api": api, "odd": Holder(word=opened), "opened": opened},
)
