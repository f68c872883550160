"""An op's input that a manager loads: the op itself has to do that."""

from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


class Numbers:
    def handle_output(self, context, obj):
        print(obj)

    def load_input(self, context):
        return 3


@task(cache_policy=NO_CACHE)
def one():
    return 1


def shown(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:20: an op's input that an input manager loads (line 20) has no "
        "counterpart. Load the value in the task: call the load_input of the "
        "manager there."
    )
    # print(number)


@flow(name="showing", task_runner=ThreadPoolTaskRunner())
def showing() -> State[Any]:
    one_future = one.submit()
    shown_future = shown.submit(one_future)
    return settle(one=one_future, shown=shown_future)
