from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import items, settle


def numbers():
    raise NotImplementedError(
        "code.py:4: dagster.DynamicOutput is not converted. Write by hand what "
        "Prefect has in its place."
    )


def letters():
    raise NotImplementedError(
        "code.py:9: dagster.DynamicOutput is not converted. Write by hand what "
        "Prefect has in its place."
    )


def names():
    raise NotImplementedError(
        "code.py:13: dagster.DynamicOutput is not converted. Write by hand what "
        "Prefect has in its place."
    )


@task
def keyed(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:18: a yield of something that is no Output (line 21) has no "
        "counterpart. Return it instead."
    )
    # for found in numbers():
    #     print(found.mapping_key)
    #     yield found


@task
def spelled(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:25: yield from another generator (line 26) has no counterpart. "
        "Yield its outputs one by one."
    )
    # yield from letters()


@task
def named(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:30: yield from another generator (line 31) has no counterpart. "
        "Yield its outputs one by one."
    )
    # yield from names()


def halves():
    raise NotImplementedError(
        "code.py:34: dagster.DynamicOutput is not converted. Write by hand what "
        "Prefect has in its place."
    )


@task
def halved(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:39: yield from another generator (line 40) has no counterpart. "
        "Yield its outputs one by one."
    )
    # yield from halves()


@task(cache_policy=NO_CACHE)
def show(piece) -> None:
    print(piece, list(letters()))


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    keyed_future = keyed.submit()
    keyed_items = items(keyed_future)
    show_futures = [show.submit(item) for item in keyed_items]
    spelled_future = spelled.submit()
    spelled_items = items(spelled_future)
    show_2_futures = [
        show.with_options(name="show_2").submit(item) for item in spelled_items
    ]
    named_future = named.submit()
    named_items = items(named_future)
    show_3_futures = [
        show.with_options(name="show_3").submit(item) for item in named_items
    ]
    return settle(
        keyed=keyed_future,
        show=show_futures,
        spelled=spelled_future,
        show_2=show_2_futures,
        named=named_future,
        show_3=show_3_futures,
    )
