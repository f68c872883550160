from typing import Any, Optional

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import items, settle

SEASON = "summer"
patience = {"retries": 2}


@task(cache_policy=NO_CACHE)
def load(path: str, rows: Optional[int]) -> list:
    return [path, rows]


@task(cache_policy=NO_CACHE)
def total(xs):
    return sum(xs)


@task(cache_policy=NO_CACHE)
def twice(n: int) -> int:
    return 2 * n


@task(cache_policy=NO_CACHE)
def echo(x: Any) -> Any:
    return x


@task(cache_policy=NO_CACHE)
def pieces() -> list[Any]:
    outputs: list[Any] = []
    for number in range(2):
        outputs.append(number)
    return outputs


def either(path):
    if SEASON == "summer":
        return echo(path)
    return total(path)


def echoed(path, *, times="one"):
    """No op itself: it invokes one."""
    return echo.alias(f"echo_{times}")(path)


@flow(name="nothing", task_runner=ThreadPoolTaskRunner())
def nothing() -> State[Any]:
    return settle()


@flow(name="asks", task_runner=ThreadPoolTaskRunner())
def asks(load_path: str, load_rows: int | None, total_xs: list[int]) -> State[Any]:
    load_future = load.submit(load_path, load_rows)
    echo_one_future = echo.with_options(name="echo_one").submit(load_future)
    total_future = total.submit(total_xs)
    twice_future = twice.submit(4)
    return settle(
        load=load_future,
        echo_one=echo_one_future,
        total=total_future,
        twice=twice_future,
    )


@flow(name="told", task_runner=ThreadPoolTaskRunner())
def told() -> State[Any]:
    load_future = load.submit("pond", 3)
    echo_twice_future = echo.with_options(name="echo_twice").submit(load_future)
    return settle(load=load_future, echo_twice=echo_twice_future)


@flow(name="for_each", task_runner=ThreadPoolTaskRunner())
def for_each() -> State[Any]:
    pieces_future = pieces.submit()
    pieces_items = items(pieces_future)
    echo_futures = [echo.submit(item) for item in pieces_items]
    echo_2_futures = [
        echo.with_options(name="echo_2", **patience).submit(item)
        for item in echo_futures
    ]
    return settle(pieces=pieces_future, echo=echo_futures, echo_2=echo_2_futures)


@flow(name="chosen", task_runner=ThreadPoolTaskRunner())
def chosen() -> State[Any]:
    doubled_future = twice.with_options(name="doubled").submit(4)
    echo_future = echo.submit(doubled_future)
    twice_future = twice.submit(4)
    return settle(doubled=doubled_future, echo=echo_future, twice=twice_future)
