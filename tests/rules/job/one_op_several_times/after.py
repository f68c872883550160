from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle


class Amount(BaseModel, extra="forbid"):
    value: int = 1


@task(cache_policy=NO_CACHE)
def add(left: int, right: int) -> int:
    return left + right


@task(cache_policy=NO_CACHE)
def draw(config: Amount) -> int:
    return config.value


@flow(name="twice", task_runner=ThreadPoolTaskRunner())
def twice(
    sums_add_left: int,
    sums_add_right: int,
    sums_add_2_left: int,
    sums_add_2_right: int,
    sums_2_add_left: int,
    sums_2_add_right: int,
    sums_2_add_2_left: int,
    sums_2_add_2_right: int,
) -> State[Any]:
    sums_add_future = add.with_options(name="sums.add").submit(
        sums_add_left, sums_add_right
    )
    sums_add_2_future = add.with_options(name="sums.add_2").submit(
        sums_add_2_left, sums_add_2_right
    )
    sums_add_3_future = add.with_options(name="sums.add_3").submit(
        sums_add_future, sums_add_2_future
    )
    sums_2_add_future = add.with_options(name="sums_2.add").submit(
        sums_2_add_left, sums_2_add_right
    )
    sums_2_add_2_future = add.with_options(name="sums_2.add_2").submit(
        sums_2_add_2_left, sums_2_add_2_right
    )
    sums_2_add_3_future = add.with_options(name="sums_2.add_3").submit(
        sums_2_add_future, sums_2_add_2_future
    )
    return settle(
        sums_add=sums_add_future,
        sums_add_2=sums_add_2_future,
        sums_add_3=sums_add_3_future,
        sums_2_add=sums_2_add_future,
        sums_2_add_2=sums_2_add_2_future,
        sums_2_add_3=sums_2_add_3_future,
    )


@flow(name="fixed", task_runner=ThreadPoolTaskRunner())
def fixed() -> State[Any]:
    draw_future = draw.submit(Amount(value=2))
    draw_2_future = draw.with_options(name="draw_2").submit(Amount(value=3))
    add_future = add.submit(draw_future, draw_2_future)
    return settle(draw=draw_future, draw_2=draw_2_future, add=add_future)


@flow(name="asked", task_runner=ThreadPoolTaskRunner())
def asked(
    draw_config: Layered[Amount] = layered(Amount),  # noqa: B008
    draw_2_config: Layered[Amount] = layered(Amount),  # noqa: B008
) -> State[Any]:
    draw_future = draw.submit(draw_config)
    draw_2_future = draw.with_options(name="draw_2").submit(draw_2_config)
    add_future = add.submit(draw_future, draw_2_future)
    return settle(draw=draw_future, draw_2=draw_2_future, add=add_future)
