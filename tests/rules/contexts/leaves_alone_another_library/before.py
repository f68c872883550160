"""Spelled like dagster's, and another library's."""

from warehouse import AssetExecutionContext


def helper(context: AssetExecutionContext) -> None:
    context.log.info(context.partition_key)
