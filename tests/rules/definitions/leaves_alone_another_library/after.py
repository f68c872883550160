"""Spelled like dagster's, and another library's."""

from warehouse import Definitions

defs = Definitions(assets=[], jobs=[])
