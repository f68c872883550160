import dagster as dg
from dagster import Failure, asset


class Permanent(Failure):
    """Nothing that a rerun changes."""


class NotThere(Permanent, FileNotFoundError):
    def __init__(self, path: str) -> None:
        super().__init__(description=f"no {path}", metadata={"path": path}, allow_retries=False)


class Odd(dg.Failure, ValueError):
    pass


@asset(retry_policy=dg.RetryPolicy(max_retries=3))
def page() -> str:
    raise NotThere("page")
