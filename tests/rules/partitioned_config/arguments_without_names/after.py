from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


def of_a_day(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:5: a partitioned config whose partitions reading cannot tell. "
        "Put it at the top of a module, arguments named."
    )
    # return {"ops": {"load": {"config": {"day": str(start)}}}}


class LoadConfig(BaseModel, extra="forbid"):
    """Config of `load`."""

    day: str


@task(cache_policy=NO_CACHE)
def load(config: LoadConfig):
    print(config.day)


def daily(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: its config cannot be told by reading. Wire the flow by "
        "hand."
    )
    # load()
