"""Members of an enumeration are its own, though everything of dagster is imported."""

from enum import Enum

from dagster import *


class Colour(Enum):
    RED = "red"
    B = "blue"


class Paint(Config):
    colour: Colour = Colour.B


@asset
def wall(config: Paint):
    return config.colour.value


defs = Definitions([wall])
