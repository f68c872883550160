"""The same feed and the same publication in Prefect."""

import os
from pathlib import Path

from prefect import flow, task
from prefect.transactions import Transaction, transaction

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
def may_pass(task, task_run, state) -> bool:
    return not isinstance(state.result(raise_on_failure=False), PermissionError)


@task(retries=3, retry_delay_seconds=0, retry_condition_fn=may_pass)
def prices(kind: str) -> int:
    return ask_the_feed(kind)


@task
def publish(price: int) -> None:
    page().write_text(str(price))


@publish.on_rollback
def take_the_page_down(transaction: Transaction) -> None:
    page().unlink(missing_ok=True)


@task
def announce(works: bool) -> None:
    if not works:
        raise ConnectionError("nobody listens")


@flow
def news(kind: str, works: bool = True) -> None:
    price = prices(kind)
    # What fails in here rolls back all tasks that had finished in here, the newest first.
    with transaction():
        publish(price)
        announce(works)
