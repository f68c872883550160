"""Spelled like dagster's, and another library's."""

from warehouse import AssetKey

key = AssetKey(["a", "b"])
