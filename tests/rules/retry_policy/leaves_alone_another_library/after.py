"""Spelled like dagster's, and another library's."""

from warehouse import RetryPolicy

policy = RetryPolicy(max_retries=3, delay=1)
