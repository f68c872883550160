from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel, Field


class DigConfig(BaseModel, extra="forbid"):
    """Config of `dig`."""

    how: dict[str, Any]
    mine: dict[str, Any]
    shafts: list[dict[str, Any]]
    free: dict = {"a": 1}
    plain: str = Field(description="No fields within.")


@task(cache_policy=NO_CACHE)
def dig(config: DigConfig) -> int:
    return config.mine["depth"]
