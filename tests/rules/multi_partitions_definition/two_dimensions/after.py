from typing import Annotated

from prefect_support.partitions import MultiKey, MultiPartitions, partition_of
from prefect_support.time_windows import daily

day_and_country = MultiPartitions(
    {"day": daily("2024-01-01"), "country": partition_of(["de", "fr"])}
)
DayAndCountry = Annotated[str, day_and_country]


def key_of(day: str, country: str) -> MultiKey:
    return MultiKey({"day": day, "country": country})


def known(key: str) -> bool:
    return key in day_and_country.keys
