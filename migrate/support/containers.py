"""Containers that a task runs, and that tell it what they did, in the protocol of Dagster Pipes.

Written by `migrate convert`; yours to edit. Needs the package `docker`.

    def orders(containers: Containers) -> None:
        containers.run(image="orders:1", command=["python", "orders.py"], extras={"rows": 10})

The program within goes on as it was: it hears of its task by environment variables, and what it says comes
out of the container's log. Lines of the log that are none of the protocol's go into the run's log.

Upstream: https://docker-py.readthedocs.io/en/stable/containers.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from pydantic import BaseModel, Field

from .external_programs import Told, encoded, facts
from .validations import run_logger

VERSION = "__dagster_pipes_version"
"""The key that tells a message of the protocol from any other line."""


class Containers(BaseModel):
    """Runs containers. `env` is set in each; `registry` is logged into first: url, username, password."""

    env: dict[str, str] = Field(default_factory=dict)
    registry: dict[str, str] | None = None

    def run(
        self,
        *,
        image: str,
        extras: Mapping[str, Any] | None = None,
        command: str | Sequence[str] | None = None,
        env: Mapping[str, str] | None = None,
        registry: Mapping[str, str] | None = None,
        container_kwargs: Mapping[str, Any] | None = None,
    ) -> Told:
        """Run one container to its end; what it reported is recorded by then.

        Raises RuntimeError when it ends with another code than 0, CheckFailed when a blocking check failed.
        """
        more = dict(container_kwargs or {})
        pipes = {
            "DAGSTER_PIPES_CONTEXT": encoded({"data": facts(extras or {})}),
            "DAGSTER_PIPES_MESSAGES": encoded({"stdio": "stderr"}),
        }
        joined = {**pipes, **self.env, **(env or {}), **more.pop("environment", {})}
        container = self._created(
            registry or self.registry, image=image, command=command, environment=joined, **more
        )
        told = Told()
        container.start()
        try:
            for line in _lines(container.logs(stdout=True, stderr=True, stream=True, follow=True)):
                _heard(told, line)
            code = container.wait()["StatusCode"]
        finally:
            container.stop()
        if code != 0:
            raise RuntimeError(f"a container of {image} ended with code {code}{told.failure}")
        told.record()
        return told

    def _created(self, registry: Mapping[str, str] | None, **given: Any) -> Any:
        docker: Any = import_module("docker")
        client = docker.from_env()
        if registry:
            client.login(
                registry=registry["url"], username=registry["username"], password=registry["password"]
            )
        try:
            return client.containers.create(detach=True, **given)
        except docker.errors.ImageNotFound:
            client.images.pull(given["image"])
            return client.containers.create(detach=True, **given)


def _lines(parts: Any) -> Iterator[str]:
    """Whole lines of a log that comes in parts."""
    waiting = b""
    for part in parts:
        *whole, waiting = (waiting + part).split(b"\n")
        yield from (line.decode("utf-8", "replace") for line in whole)
    if waiting:
        yield waiting.decode("utf-8", "replace")


def _heard(told: Told, line: str) -> None:
    try:
        message = json.loads(line)
    except ValueError:
        message = None
    if isinstance(message, dict) and VERSION in message:
        told.hear(message)
    else:
        run_logger().info("%s", line)
