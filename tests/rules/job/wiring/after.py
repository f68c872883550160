from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import output, settle


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


@task(cache_policy=NO_CACHE)
def two(value: int):
    return {"left": value, "right": value + 1}


@task(cache_policy=NO_CACHE)
def add(a: int, b: int) -> int:
    return a + b


@flow(name="sums", description="Adds.", task_runner=ThreadPoolTaskRunner())
def add_everything() -> State[Any]:
    """Adds it all up."""
    # twice the same op
    one_future = one.submit()
    two_future = two.submit(one_future)
    add_future = add.submit(output(two_future, "left"), output(two_future, "right"))
    one_2_future = one.with_options(name="one_2").submit()
    add_2_future = add.with_options(name="add_2").submit(
        output(two_future, "left"), one_2_future
    )
    return settle(
        one=one_future,
        two=two_future,
        add=add_future,
        one_2=one_2_future,
        add_2=add_2_future,
    )
