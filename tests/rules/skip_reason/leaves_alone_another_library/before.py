"""Spelled like dagster's, and another library's."""

from warehouse import SkipReason

reason = SkipReason("nothing new")
