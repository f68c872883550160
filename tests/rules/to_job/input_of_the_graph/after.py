from prefect import task
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def show(value: int) -> None:
    print(value)


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


def work(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:25: to_job work: `value` in its body; the graph's input value. "
        "Wire the flow by hand."
    )


def loaded(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:26: to_job loaded: its config cannot be told by reading. Wire "
        "the flow by hand."
    )
