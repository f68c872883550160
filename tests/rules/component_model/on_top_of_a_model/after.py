import pydantic
from pydantic import BaseModel


class Options(pydantic.BaseModel, extra="forbid"):
    location: str


class Base(BaseModel):
    name: str


class Later(Base, extra="forbid"):
    url: str


class Alone(BaseModel, extra="forbid"):
    file: str


def read() -> tuple[Options, Later, Alone]:
    return Options(location="a"), Later(name="b", url="c"), Alone(file="d")
