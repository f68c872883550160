"""Spelled like dagster's, and another library's."""

from warehouse import ConfigurableResource


class Database(ConfigurableResource):
    path: str
