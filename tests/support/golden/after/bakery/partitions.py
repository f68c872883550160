from typing import Annotated

from prefect_support.partitions import partition_of

years = partition_of(["2025", "2026", "2027"])
Years = Annotated[str, years]
