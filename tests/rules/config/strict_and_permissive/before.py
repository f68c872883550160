from dagster import Config, PermissiveConfig
from pydantic import Field


class Prices(Config):
    """What gold costs."""

    # an ounce
    gold: float = Field(default=1900.0, description="Per ounce.")


class Anything(PermissiveConfig):
    year: int
