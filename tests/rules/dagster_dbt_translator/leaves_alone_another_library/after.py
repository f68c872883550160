"""Spelled like dagster's, and another library's."""

from warehouse import DagsterDbtTranslator


class Mine(DagsterDbtTranslator):
    def get_group_name(self, node):
        return "g"
