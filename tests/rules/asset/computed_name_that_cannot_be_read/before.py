import os

from dagster import asset


@asset(name=os.environ["METAL"])
def metal() -> int:
    return 1
