"""Spelled like dagster's, and another library's."""

from warehouse import build_dbt_asset_selection

some = build_dbt_asset_selection(["models"], dbt_select="tag:daily")
