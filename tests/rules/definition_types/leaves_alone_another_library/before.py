"""Spelled like dagster's, and another library's."""

from warehouse import AssetsDefinition


def build() -> AssetsDefinition:
    return AssetsDefinition()
