"""Spelled like dagster's, and another library's."""

from furniture import with_resources

rooms = with_resources(["kitchen"], {"chair": "wood"})
