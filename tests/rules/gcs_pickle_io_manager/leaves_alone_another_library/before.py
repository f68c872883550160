"""Spelled like dagster's, and another library's."""

from lake import GCSPickleIOManager

store = GCSPickleIOManager(bucket="lake")
