"""A resource that a run gives its values is made by a function with open keywords: the probe finds it."""

from types import ModuleType

from shims.foreign.prefect_probe.resources import resource_fields, resources

CODE = """
from typing import Any

from pydantic import BaseModel


class Db(BaseModel):
    url: str
    tries: int = 2


def db(**config: Any) -> Db:
    return Db(**{"tries": 3, **config})


def needs(url: str) -> Db:
    return Db(url=url)
"""


def test_what_is_given_at_launch_is_provided() -> None:
    module = ModuleType("shop")
    exec(CODE, vars(module))
    found = resources({"shop": module})
    assert set(found) == {"db"}
    assert dict(resource_fields(found)) == {"db": {"url": "(required)", "tries": 2}}
