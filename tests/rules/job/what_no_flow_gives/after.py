import pandas as pd
from prefect import task
from prefect.cache_policies import NO_CACHE


@task
def managed(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:8: an op's input that an input manager loads (line 8) has no "
        "counterpart. Load the value in the task: call the load_input of the "
        "manager there."
    )
    # print(table)


@task(cache_policy=NO_CACHE)
def typed(table: pd.DataFrame) -> None:
    print(table)


@task(cache_policy=NO_CACHE)
def twice(n: int) -> int:
    return 2 * n


def endlessly(value):
    return endlessly(value)


def any_number(*values):
    return [twice(value) for value in values]


def by_a_manager(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:31: there is no resource tables. Wire the flow by hand."
    )
    # managed()


def of_no_plain_type(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:36: typed gets no table. Wire the flow by hand."
    )
    # typed()


def endless(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:41: `endlessly`, a function whose calls cannot be laid out. "
        "Wire the flow by hand."
    )
    # endlessly(twice())


def with_stars(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:46: `any_number`, a function whose calls cannot be laid out. "
        "Wire the flow by hand."
    )
    # any_number(twice())


def by_the_season(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:51: a condition that only running the code would tell. Wire "
        "the flow by hand."
    )
    # if season() == "winter":
    #     twice()
