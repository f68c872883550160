"""Spelled like dagster's, and another library's."""

from warehouse import asset_check


@asset_check(asset="gold", blocking=True)
def heavy(database):
    return True
