from typing import Any

from prefect import State, flow
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


def counted(rows):
    raise NotImplementedError(
        "code.py:4: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


print(counted([1]))


def made_twice() -> None:
    raise NotImplementedError(
        "code.py:12: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


def forgotten() -> None:
    raise NotImplementedError(
        "code.py:20: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


def read_again() -> None:
    raise NotImplementedError(
        "code.py:28: dagster.MaterializeResult is not converted. Write by hand "
        "what Prefect has in its place."
    )


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    forgotten_future = forgotten.submit()
    read_again_future = read_again.submit()
    return settle(forgotten=forgotten_future, read_again=read_again_future)
