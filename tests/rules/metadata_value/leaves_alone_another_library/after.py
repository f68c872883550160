"""Spelled like dagster's, and another library's."""

from warehouse import MetadataValue

value = MetadataValue.int(1)
