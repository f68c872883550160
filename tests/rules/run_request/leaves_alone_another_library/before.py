"""Spelled like dagster's, and another library's."""

from warehouse import RunRequest

request = RunRequest(partition_key="2025")
