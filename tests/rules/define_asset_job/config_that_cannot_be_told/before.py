import os

from dagster import Config, Definitions, asset, define_asset_job


class Settings(Config):
    name: str


@asset
def small(config: Settings) -> str:
    return config.name


resources = define_asset_job("resources", config={"resources": {"safe": {"config": {"path": "/"}}}})
worked_out = define_asset_job("worked_out", config={"ops": {"small": {"config": {"name": os.getcwd()}}}})
defs = Definitions(assets=[small], jobs=[resources, worked_out])
