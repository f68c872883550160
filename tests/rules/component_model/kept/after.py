from dataclasses import dataclass

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


class Wheel(BaseModel, extra="forbid"):
    size: int = 1


@dataclass
class Axle:
    length: int = 2


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return Wheel().size + Axle().length
