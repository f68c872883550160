from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle


class Price(BaseModel):
    close: float


class Label:
    text: str = "x"


class Loaded:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:17: dagster.usable_as_dagster_type is not converted. Write by "
            "hand what Prefect has in its place."
        )


@task(cache_policy=NO_CACHE)
def price():
    return Price(close=1.0)


@task(cache_policy=NO_CACHE)
def close(price: Price) -> float:
    return price.close


@flow(name="prices", task_runner=ThreadPoolTaskRunner())
def prices() -> State[Any]:
    price_future = price.submit()
    close_future = close.submit(price_future)
    return settle(price=price_future, close=close_future)
