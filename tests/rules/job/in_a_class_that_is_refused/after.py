"""A class on top of another library's, whose method makes a job: the class is refused, and so is the job."""

from prefect import task
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def observe() -> int:
    return 1


class Jobs:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:12: JobFactory Jobs: a class on top of JobFactory is not "
            "converted. Write it by hand, or ask for a rule."
        )


