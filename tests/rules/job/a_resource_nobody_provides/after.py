from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE


def pond():
    return "north"


@task(cache_policy=NO_CACHE)
def feed(pond: Any, gate: Any) -> str:
    return gate


def without(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: there is no resource gate. Wire the flow by hand."
    )
    # feed()
