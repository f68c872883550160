from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


class Settings(BaseModel, extra="forbid"):
    name: str


@materialize(
    Asset(key="asset://small", properties=AssetProperties(name="small")),
    cache_policy=NO_CACHE,
)
def small(config: Settings) -> str:
    return config.name


def resources(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: define_asset_job resources: its config cannot be told by "
        "reading. Write the flow by hand."
    )


def worked_out(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:16: define_asset_job worked_out: the config of small, which is "
        "no plain value. Write the flow by hand."
    )
