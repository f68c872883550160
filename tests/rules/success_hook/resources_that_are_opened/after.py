from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import State, Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@contextmanager
def wire() -> Iterator[Any]:
    print("open")
    try:
        yield {"url": "a"}
    finally:
        print("closed")


def mail():
    return "me"


def over_the_wire(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:19: the resource wire of a hook, which has to be closed (line "
        "20) has no counterpart. Open and close it in the hook, with `with`."
    )
    # print(context.resources.wire["url"])


def by_mail(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    print(mail())


@task(cache_policy=NO_CACHE)
def one(wire: Any):
    print(wire)


@flow(name="steps", task_runner=ThreadPoolTaskRunner())
def steps() -> State[Any]:
    with wire() as wire_resource:
        one_future = one.with_options(on_completion=[over_the_wire, by_mail]).submit(
            wire_resource
        )
        return settle(one=one_future)
