"""`PipesDockerClient` → `Containers`: the task runs the container, and records what it reports.

The program within stays as it is. It is told the partition's key, not its time window.

Upstream: https://docker-py.readthedocs.io/en/stable/containers.html
"""

from __future__ import annotations

from dataclasses import replace

from migrate.rewriting.clients import client_rule

RULE = replace(
    client_rule(
        "dagster_docker.PipesDockerClient",
        "containers",
        "Containers",
        ("env", "registry"),
        "a program is told its partition's key, not the time window; install docker",
        "Change what Containers reads of the container's log.",
    ),
    class_=None,
)
