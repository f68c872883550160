from typing import Any

from prefect import State, flow, get_run_logger, task
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


@task(cache_policy=NO_CACHE)
def done() -> None:
    get_run_logger().info("done")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    sizes_one_future = one.with_options(name="sizes.one").submit()
    sizes_twice_two_future = two.with_options(name="sizes.twice.two").submit(
        sizes_one_future
    )
    sizes_twice_add_future = add.with_options(name="sizes.twice.add").submit(
        output(sizes_twice_two_future, "left"), output(sizes_twice_two_future, "right")
    )
    add_future = add.submit(sizes_one_future, sizes_twice_add_future)
    twice_0_two_future = two.with_options(name="twice_0.two").submit(add_future)
    twice_0_add_future = add.with_options(name="twice_0.add").submit(
        output(twice_0_two_future, "left"), output(twice_0_two_future, "right")
    )
    twice_1_two_future = two.with_options(name="twice_1.two").submit(add_future)
    twice_1_add_future = add.with_options(name="twice_1.add").submit(
        output(twice_1_two_future, "left"), output(twice_1_two_future, "right")
    )
    done_future = done.submit(wait_for=[twice_0_add_future, twice_1_add_future])
    first_future = one.with_options(name="first").submit()
    done_again_future = done.with_options(name="done_again").submit(
        wait_for=[first_future, add_future]
    )
    return settle(
        sizes_one=sizes_one_future,
        sizes_twice_two=sizes_twice_two_future,
        sizes_twice_add=sizes_twice_add_future,
        add=add_future,
        twice_0_two=twice_0_two_future,
        twice_0_add=twice_0_add_future,
        twice_1_two=twice_1_two_future,
        twice_1_add=twice_1_add_future,
        done=done_future,
        first=first_future,
        done_again=done_again_future,
    )
