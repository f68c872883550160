"""Spelled like dagster's, and another library's."""

from warehouse import EnvVar

home = EnvVar("HOME")
