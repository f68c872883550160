from prefect import task
from prefect.cache_policies import NO_CACHE

from prefect_support.observations import Observation, observes


def version(text: str) -> str:
    return text


def each(names: list[str]) -> list[Observation]:
    return [Observation(
        asset=f"asset://{name}", metadata={"rows": 1}, data_version=version(name)
    ) for name in names]


@task(cache_policy=NO_CACHE)
@observes("asset://a", "asset://b")
def both():
    yield from each(["a", "b"])


@task
def tagged(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:18: tags of an ObserveResult (line 19) has no counterpart. Put "
        "it into the metadata."
    )
    # return dg.ObserveResult(tags={"a": "b"})
