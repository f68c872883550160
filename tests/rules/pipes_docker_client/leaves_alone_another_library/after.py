"""Spelled like dagster's, and another library's."""

from harbour import PipesDockerClient

client = PipesDockerClient(env={})
