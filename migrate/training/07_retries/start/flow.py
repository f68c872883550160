"""The same feed and the same publication in Prefect."""

import os
from pathlib import Path

from prefect import flow, task
from prefect.transactions import Transaction, transaction  # noqa: F401 - you will need them

ATTEMPTS: list[str] = []


def page() -> Path:
    return Path(os.environ["PAGE"]) / "page.txt"


def ask_the_feed(kind: str) -> int:
    """Fails twice with a timeout, then answers; a feed that is closed never does."""
    ATTEMPTS.append(kind)
    if kind == "closed":
        raise PermissionError("this feed is closed")
    if len(ATTEMPTS) < 3:
        raise TimeoutError("the feed took too long")
    return 42


# In Dagster the exception says whether to try again (Failure, RetryRequested). In Prefect the task says so: a
# function that looks at the state decides.
# TODO 1: up to 3 retries without delay, but none when the feed is closed (`retries`, `retry_condition_fn`).
@task
def prices(kind: str) -> int:
    return ask_the_feed(kind)


@task
def publish(price: int) -> None:
    page().write_text(str(price))


# TODO 2: what undoes `publish`: a function of the transaction, registered with @publish.on_rollback.


@task
def announce(works: bool) -> None:
    if not works:
        raise ConnectionError("nobody listens")


@flow
def news(kind: str, works: bool = True) -> None:
    price = prices(kind)
    # TODO 3: publish and announce together or not at all: within one transaction.
    publish(price)
    announce(works)
