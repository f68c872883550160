from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.failures import Failure, may_retry


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    retries=3,
    retry_condition_fn=may_retry,
    cache_policy=NO_CACHE,
)
def ducks() -> None:
    try:
        open("/pond")
    except PermissionError as problem:
        raise Failure(description="nobody may look", allow_retries=False) from problem
    except OSError as problem:
        raise Failure(
            description="no pond",
            metadata={"path": "/pond", "why": str(problem)},
        ) from problem


def guard(rows: int) -> None:
    if not rows:
        raise Failure("no rows")
