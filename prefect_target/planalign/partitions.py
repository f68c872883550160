"""The years that can be simulated, one partition a year."""

from typing import Annotated

from prefect_support.partitions import partition_of

FIRST_YEAR = 2025
LAST_YEAR = 2030

YEARS = [str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]

# Static and not TimeWindow: a year can only be simulated after the one before it, and a
# backfill over time windows started them all at once.
simulation_years = partition_of(YEARS)
SimulationYears = Annotated[str, simulation_years]
