from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


class MakeConfig(BaseModel, extra="forbid"):
    """Config of `make`."""

    rows: int


@task(cache_policy=NO_CACHE)
def make(config: MakeConfig) -> int:
    return config.rows


def loaded(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:9: configured loaded: its config cannot be told by reading. "
        "Hand the config over in the flow."
    )


def everything(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:13: `loaded`, which is no op or graph that can be read. Wire "
        "the flow by hand."
    )
    # loaded()
