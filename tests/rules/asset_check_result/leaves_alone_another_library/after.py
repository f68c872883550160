"""Spelled like dagster's, and another library's."""

from warehouse import AssetCheckResult

result = AssetCheckResult(passed=True, asset_key="x")
