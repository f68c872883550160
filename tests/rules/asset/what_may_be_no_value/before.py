from dagster import Definitions, asset


class Settings:
    day: str = "2026-01-01"


@asset
def by_settings(settings: Settings) -> str:
    return settings.day


@asset
def by_config(config: dict) -> str:
    return config["day"]


defs = Definitions(assets=[by_settings, by_config])
