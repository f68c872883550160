"""Spelled like dagster's, and another library's."""

from lake import GCSResource

gcs = GCSResource(project="lake")
