"""The same sensor in Prefect: a flow that looks, and is itself run on a schedule (see prefect.yaml)."""

import os
from pathlib import Path

from prefect import flow, task
from prefect.variables import Variable

# Dagster's daemon calls a sensor and keeps its cursor. In Prefect a sensor is an ordinary flow with an
# interval, and what it remembers it keeps itself: a Variable is a small named value on the server.
CURSOR = "inbox_cursor"


@task
def read(name: str) -> None:
    print(name)


@flow
def inbox() -> list[str]:
    cursor = Variable.get(CURSOR, default="")
    names = sorted(file.name for file in Path(os.environ["INBOX"]).iterdir())
    new = [name for name in names if name > cursor]
    for name in new:
        read(name)
        # After the file, not before: one that cannot be read is tried again at the next call.
        Variable.set(CURSOR, name, overwrite=True)
    return new


@flow
def report() -> None:
    """What the schedule starts."""
