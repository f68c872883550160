"""Members of an enumeration are its own, though everything of dagster is imported."""

from enum import Enum
from typing import Annotated

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.enum_members import by_name


class Colour(Enum):
    RED = "red"
    B = "blue"


class Paint(BaseModel, extra="forbid"):
    colour: Annotated[Colour, by_name(Colour)] = Colour.B


@materialize(
    Asset(key="asset://wall", properties=AssetProperties(name="wall")),
    cache_policy=NO_CACHE,
)
def wall(config: Paint):
    return config.colour.value
