"""Spelled like dagster's, and another library's."""

from calendars import PartitionKeyRange

january = PartitionKeyRange("2024-01-01", "2024-01-31")
