import dagster as dg
from dagster import In, Out, job, op, usable_as_dagster_type
from pydantic import BaseModel


@usable_as_dagster_type(description="A day's price")
class Price(BaseModel):
    close: float


@dg.usable_as_dagster_type(name="Label")
class Label:
    text: str = "x"


@usable_as_dagster_type(loader=print)
class Loaded:
    pass


@op(out=Out(Price))
def price():
    return Price(close=1.0)


@op(ins={"price": In(dagster_type=Price)})
def close(price: Price) -> float:
    return price.close


@job
def prices():
    close(price())
