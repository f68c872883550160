from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


class Shelf:
    def handle_output(self, context, obj) -> None:
        print(obj)

    def load_input(self, context) -> int:
        return 1


def shelf():
    return Shelf()


@task(cache_policy=NO_CACHE)
def make() -> int:
    return 1


@task(cache_policy=NO_CACHE)
def show(number: int) -> None:
    print(number)


@flow(name="in_memory", task_runner=ThreadPoolTaskRunner())
def in_memory() -> State[Any]:
    make_future = make.submit()
    show_future = show.submit(make_future)
    return settle(make=make_future, show=show_future)


@flow(name="stored", task_runner=ThreadPoolTaskRunner())
def stored() -> State[Any]:
    make_future = make.submit()
    show_future = show.submit(make_future)
    return settle(make=make_future, show=show_future)
