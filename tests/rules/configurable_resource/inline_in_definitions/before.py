from dagster import ConfigurableResource, Definitions, EnvVar, asset, define_asset_job


class Safe(ConfigurableResource):
    path: str
    shelves: int = 3

    def setup_for_execution(self, context) -> None:
        self._open = True


@asset
def gold(safe: Safe) -> int:
    return safe.shelves


nightly = define_asset_job("nightly")

defs = Definitions(
    assets=[gold],
    jobs=[nightly],
    resources={"safe": Safe(path=EnvVar("SAFE"), shelves=EnvVar.int("SHELVES"))},
)
