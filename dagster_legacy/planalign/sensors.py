"""What starts when something arrives."""

import os
from pathlib import Path

from dagster import RunRequest, SensorEvaluationContext, SkipReason, sensor

from planalign.jobs import simulate_year
from planalign.partitions import FIRST_YEAR


@sensor(job=simulate_year, minimum_interval_seconds=120)
def census_arrival(context: SensorEvaluationContext):
    """A new census file starts the first year again. The cursor is the file's time of change."""
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
        partition_key=str(FIRST_YEAR),
        tags={"reason": "census arrival"},
    )
    # after the request, so that an error above looks at the same file again
    context.update_cursor(changed)
