"""Spelled like dagster's, and another library's."""

from warehouse import define_asset_job

daily = define_asset_job("daily", selection="*")
