import dagster as dg
from dagster import Failure, MetadataValue, RetryPolicy


@dg.asset(retry_policy=RetryPolicy(max_retries=3))
def ducks() -> None:
    try:
        open("/pond")
    except PermissionError as problem:
        raise Failure(description="nobody may look", allow_retries=False) from problem
    except OSError as problem:
        raise dg.Failure(
            description="no pond",
            metadata={"path": MetadataValue.path("/pond"), "why": str(problem)},
        ) from problem


def guard(rows: int) -> None:
    if not rows:
        raise Failure("no rows")
