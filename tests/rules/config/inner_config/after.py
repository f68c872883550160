from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


class Upload(BaseModel, extra="forbid"):
    name: str

    class Config:
        str_strip_whitespace = True


@materialize(
    Asset(key="asset://uploaded", properties=AssetProperties(name="uploaded")),
    cache_policy=NO_CACHE,
)
def uploaded(config: Upload) -> str:
    return config.name
