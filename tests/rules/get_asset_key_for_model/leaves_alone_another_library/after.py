"""Spelled like dagster's, and another library's."""

from warehouse import get_asset_key_for_model

key = get_asset_key_for_model([1], "orders")
