from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


def of_a_team(partition):
    return {"ops": {"greet": {"config": {"team": partition.value}}}}


class GreetConfig(BaseModel, extra="forbid"):
    """Config of `greet`."""

    team: str


@task(cache_policy=NO_CACHE)
def greet(config: GreetConfig) -> str:
    return config.team


def by_team(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:13: PartitionedConfig by_team: it is given no function of a "
        "partition's key. Give it run_config_for_partition_key_fn."
    )


def greetings(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:19: its config cannot be told by reading. Wire the flow by "
        "hand."
    )
    # greet()
