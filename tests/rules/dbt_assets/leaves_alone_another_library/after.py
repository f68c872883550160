"""Spelled like dagster's, and another library's."""

from warehouse import dbt_assets


@dbt_assets(manifest="m.json")
def models(context, dbt):
    yield from dbt.stream()
