"""An op's input that a manager loads, whatever was made before it."""

from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import load


class Numbers:
    def handle_output(self, context, obj):
        print(obj)

    def load_input(self, context):
        return 3


@task(cache_policy=NO_CACHE)
def one():
    return 1


@task(cache_policy=NO_CACHE)
def shown(numbers: Numbers):
    number = load(numbers, "asset://shown/number")
    print(number)


@flow(name="showing", task_runner=ThreadPoolTaskRunner())
def showing() -> State[Any]:
    numbers_resource = Numbers()

    one_future = one.submit()
    shown_future = shown.submit(numbers_resource, wait_for=[one_future])
    return settle(one=one_future, shown=shown_future)
