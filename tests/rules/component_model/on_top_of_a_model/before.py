import pydantic
from dagster import Model, Resolvable
from pydantic import BaseModel


class Options(pydantic.BaseModel, Resolvable):
    location: str


class Base(BaseModel):
    name: str


class Later(Resolvable, Base):
    url: str


class Alone(Model):
    file: str


def read() -> tuple[Options, Later, Alone]:
    return Options(location="a"), Later(name="b", url="c"), Alone(file="d")
