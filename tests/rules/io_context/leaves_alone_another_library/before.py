"""Spelled like dagster's, and another library's."""

from warehouse import OutputContext


def path(context: OutputContext) -> str:
    return context.path
