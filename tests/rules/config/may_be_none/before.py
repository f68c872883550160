import typing as t
from typing import Annotated, Optional, Union

from dagster import Config, ConfigurableResource, Definitions, EnvVar, asset
from pydantic import BaseModel, Field


class Row(BaseModel):
    """Not Dagster's: its field must be given."""

    number: Optional[int]


class Inner(Config):
    depth: int | None  # left out: as deep as there is


class Load(Config):
    files: Optional[int]
    folder: t.Union[str, None]
    since: Annotated[Optional[str], "a date"]
    limit: Optional[int] = Field(description="Rows at most.")
    names: Optional[list[str]] = Field(
        description="Which ones.",
        min_length=1,
    )
    first: Optional[str] = Field(..., description="Asked for, Dagster leaves it out all the same.")
    either: Union[int, str, None]
    table: str
    given: Optional[int] = 3
    inner: Inner
    bare: Optional[int] = Field()


class Shop(ConfigurableResource):
    address: str
    token: Optional[str]
    region: Optional[str] = Field(default="eu")
    user: str = EnvVar("SHOP_USER")
    port: Optional[int] = EnvVar.int("SHOP_PORT")


@asset
def sales(config: Load, shop: Shop) -> int:
    return config.files or 0


defs = Definitions(assets=[sales], resources={"shop": Shop(address="a")})
