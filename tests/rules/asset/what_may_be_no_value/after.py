from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


class Settings:
    day: str = "2026-01-01"


@materialize(
    Asset(key="asset://by_settings", properties=AssetProperties(name="by_settings")),
    asset_deps=["asset://settings"],
    cache_policy=NO_CACHE,
)
def by_settings(settings: Settings) -> str:
    return settings.day


@materialize(
    Asset(key="asset://by_config", properties=AssetProperties(name="by_config")),
    asset_deps=["asset://config"],
    cache_policy=NO_CACHE,
)
def by_config(config: dict) -> str:
    return config["day"]
