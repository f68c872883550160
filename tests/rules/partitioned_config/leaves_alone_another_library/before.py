"""Spelled like dagster's, and another library's."""

from warehouse import daily_partitioned_config


@daily_partitioned_config(start_date="2024-01-01")
def table_of_a_day(start, end):
    return {"ops": {}}
