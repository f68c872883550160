from dagster import StaticPartitionsDefinition

years = StaticPartitionsDefinition(["2025", "2026", "2027"])
