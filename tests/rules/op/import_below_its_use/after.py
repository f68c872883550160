from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def values() -> list[Any]:
    outputs: list[Any] = []
    for place in range(2):
        outputs.append(place)
    return outputs


from typing import Any, List  # noqa: E402


@task(cache_policy=NO_CACHE)
def summed(results: List[Any]):
    return sum(results)
