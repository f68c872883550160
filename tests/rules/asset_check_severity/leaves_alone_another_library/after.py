"""Spelled like dagster's, and another library's."""

from warehouse import AssetCheckSeverity

level = AssetCheckSeverity.WARN
