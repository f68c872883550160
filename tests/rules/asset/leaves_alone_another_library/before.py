"""Spelled like dagster's, and another library's."""

from warehouse import asset


@asset(name="gold", group_name="metals")
def gold(context):
    context.log.info("no asset of ours")
    return 1
