"""Spelled like dagster's, and another library's."""

from warehouse import StaticPartitionsDefinition

years = StaticPartitionsDefinition(["2025"])
