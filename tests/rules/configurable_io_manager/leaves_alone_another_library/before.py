"""Spelled like dagster's, and another library's."""

from warehouse import ConfigurableIOManager


class Store(ConfigurableIOManager):
    def handle_output(self, context, obj):
        raise NotImplementedError
