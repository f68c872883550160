from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.failures import Failure, may_retry


class Permanent(Failure):
    """Nothing that a rerun changes."""


class NotThere(Permanent, FileNotFoundError):
    def __init__(self, path: str) -> None:
        super().__init__(description=f"no {path}", metadata={"path": path}, allow_retries=False)


class Odd(Failure, ValueError):
    pass


@materialize(
    Asset(key="asset://page", properties=AssetProperties(name="page")),
    retries=3,
    retry_condition_fn=may_retry,
    cache_policy=NO_CACHE,
)
def page() -> str:
    raise NotThere("page")
