from prefect import task
from prefect.cache_policies import NO_CACHE


@task(tags=["a:b", "pool:scales"], cache_policy=NO_CACHE)
def weigh() -> int:
    return 1
