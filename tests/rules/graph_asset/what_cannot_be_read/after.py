from prefect import task
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


@task
def picked(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:12: a condition that only running the code would tell; it "
        "returns nothing. Write the task by hand."
    )
    # if late():
    #     return one()
