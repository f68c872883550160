"""The same sensor in Prefect: a flow that looks, and is itself run on a schedule (see prefect.yaml)."""

import os
from pathlib import Path

from prefect import flow, task
from prefect.variables import Variable  # noqa: F401 - you will need it

# Dagster's daemon calls a sensor and keeps its cursor. In Prefect a sensor is an ordinary flow with an
# interval, and what it remembers it keeps itself: a Variable is a small named value on the server.
CURSOR = "inbox_cursor"


@task
def read(name: str) -> None:
    print(name)


@flow
def inbox() -> list[str]:
    # TODO 1: only names that are greater than the cursor; remember the last one in the Variable.
    new = sorted(file.name for file in Path(os.environ["INBOX"]).iterdir())
    for name in new:
        read(name)
    return new


@flow
def report() -> None:
    """What the schedule starts."""
