"""Spelled like dagster's, and another library's."""

from lake import S3PickleIOManager

store = S3PickleIOManager(bucket="lake")
