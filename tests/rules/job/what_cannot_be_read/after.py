from prefect import task
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


def conditional(*_args: object, **_kwargs: object) -> object:
    """Wires what it finds."""
    raise NotImplementedError(
        "code.py:12: a condition that only running the code would tell. Wire "
        "the flow by hand."
    )
    # if late():
    #     one()
