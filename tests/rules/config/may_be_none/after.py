import os
import typing as t
from typing import Annotated, Optional, Union

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel, Field


class Row(BaseModel):
    """Not Dagster's: its field must be given."""

    number: Optional[int]


class Inner(BaseModel, extra="forbid"):
    depth: int | None = None  # left out: as deep as there is


class Load(BaseModel, extra="forbid"):
    files: Optional[int] = None
    folder: t.Union[str, None] = None
    since: Annotated[Optional[str], "a date"] = None
    limit: Optional[int] = Field(default=None, description="Rows at most.")
    names: Optional[list[str]] = Field(
        default=None,
        description="Which ones.",
        min_length=1,
    )
    first: Optional[str] = Field(None, description="Asked for, Dagster leaves it out all the same.")
    either: Union[int, str, None]
    table: str
    given: Optional[int] = 3
    inner: Inner
    bare: Optional[int] = Field(default=None)


class Shop(BaseModel):
    address: str
    token: Optional[str] = None
    region: Optional[str] = Field(default="eu")
    user: str = Field(default_factory=lambda: os.environ["SHOP_USER"])
    port: Optional[int] = Field(default_factory=lambda: int(os.environ["SHOP_PORT"]))


@materialize(
    Asset(key="asset://sales", properties=AssetProperties(name="sales")),
    cache_policy=NO_CACHE,
)
def sales(shop: Shop, config: Load) -> int:
    return config.files or 0


def shop() -> Shop:
    return Shop(address="a")
