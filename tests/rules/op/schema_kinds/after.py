from typing import Any, Literal

from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel, Field


class MakeConfig(BaseModel, extra="forbid"):
    """Config of `make`."""

    path: str
    limit: int | None = None
    label: str | None = Field(default=None, description="Perhaps.")
    names: list[str]
    sizes: dict[str, int] = {}
    where: dict[str, Any]
    more: dict[str, Any] | None = None
    how: dict[str, Any]
    mode: Literal["append", "replace"] = "append"
    flag: bool


@task(cache_policy=NO_CACHE)
def make(config: MakeConfig) -> str:
    return config.path + str(config.limit)
