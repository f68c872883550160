"""Spelled like dagster's, and another library's."""

from warehouse import input_manager


@input_manager
def lines(context):
    return context.asset_key
