from dagster import DailyPartitionsDefinition, MultiPartitionKey, MultiPartitionsDefinition, StaticPartitionsDefinition

day_and_country = MultiPartitionsDefinition(
    {"day": DailyPartitionsDefinition(start_date="2024-01-01"), "country": StaticPartitionsDefinition(["de", "fr"])}
)


def key_of(day: str, country: str) -> MultiPartitionKey:
    return MultiPartitionKey({"day": day, "country": country})


def known(key: str) -> bool:
    return day_and_country.has_partition_key(key)
