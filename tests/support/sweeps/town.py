"""A small simulation for sweeps: a year of a town, in a DuckDB file. TOWN_TRACE tells who ran what."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import duckdb
from prefect import flow
from pydantic import BaseModel, Field


class Plan(BaseModel, extra="forbid"):
    """What a scenario may change."""

    rate: float = Field(default=0.03, ge=-0.5, le=1)
    seed: int = 42


@flow
def one_year(partition_key: str, plan: Plan) -> None:
    """Add a year to the table `people`."""
    said = {"pid": os.getpid(), "rate": plan.rate, "year": partition_key}
    with Path(os.environ["TOWN_TRACE"]).open("a") as trace:
        trace.write(json.dumps(said) + "\n")
    time.sleep(0.3)
    with duckdb.connect(os.environ["TOWN_DB"]) as connection:
        connection.execute(
            "insert into people select ?, max(number) * (1 + ?) from people", [int(partition_key), plan.rate]
        )
