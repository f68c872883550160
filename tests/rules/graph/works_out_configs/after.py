from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel


class Greeting(BaseModel, extra="forbid"):
    words: str = "hello"


@task(cache_policy=NO_CACHE)
def greet(config: Greeting) -> str:
    return config.words


def louder(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:14: @config_mapping has no rule. Write it by hand, or ask for "
        "a rule."
    )
    # return {"greet": {"config": {"words": "HELLO" if given["loud"] else "hello"}}}


def shouts(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:24: the graph greetings, which works out the configs of its "
        "ops. Wire the flow by hand."
    )
    # greetings()


def whispers(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:28: to_job whispers: its config cannot be told by reading; the "
        "graph greetings, which works out the configs of its ops. Wire the flow "
        "by hand."
    )
