"""The same years in Prefect."""

import json
from pathlib import Path
from typing import Annotated

from prefect import flow, task
from pydantic import Field

# Prefect has no partitions: what a partition key is in Dagster is a parameter of the flow here. Which values
# there are is said by the parameter's type, and a run with any other value is refused before it starts.
Year = Annotated[int, Field(ge=2025, le=2027)]


@task
def headcount(year: int, store: Path) -> None:
    before = 100 if year == 2025 else json.loads((store / f"{year - 1}.json").read_text())
    (store / f"{year}.json").write_text(json.dumps(before + before // 10))


@flow
def simulate(year: Year, store: Path) -> None:
    headcount(year, store)


# A backfill is a flow that calls the other one. Calls are made one after the other, and one that fails
# raises: the years behind it, which are made from it, are never started.
@flow
def backfill(first: Year, last: Year, store: Path) -> None:
    for year in range(first, last + 1):
        if not (store / f"{year}.json").is_file():
            simulate(year, store)
