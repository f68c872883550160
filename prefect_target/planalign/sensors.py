"""What starts when something arrives."""

import os
from collections.abc import Iterator
from pathlib import Path

from prefect import flow

from planalign.partitions import FIRST_YEAR
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@flow(name="census_arrival")
def census_arrival() -> int:
    """A new census file starts the first year again. The cursor is the file's time of change."""
    return launch("census_arrival", _census_arrival, deployment="simulate_year/simulate_year")


def _census_arrival(context: SensorContext) -> Iterator[RunRequest | SkipReason]:
    census = Path(os.environ["PLANALIGN_CENSUS"])
    if not census.exists():
        yield SkipReason(f"No census at {census}")
        return

    changed = str(census.stat().st_mtime_ns)
    if changed == context.cursor:
        yield SkipReason("The census has not changed")
        return

    yield RunRequest(
        run_key=f"census-{changed}",
        parameters={"partition_key": str(FIRST_YEAR)},
        tags={"reason": "census arrival"},
    )
    # after the request, so that an error above looks at the same file again
    context.update_cursor(changed)
