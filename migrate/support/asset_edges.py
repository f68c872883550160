"""What assets need: of a task with several each its own, and of a factory's task whatever it is given.

Written by `migrate convert`; yours to edit.

    @needs({"asset://b": ["asset://a"]})
    @materialize("asset://a", "asset://b", asset_deps=["asset://raw"])
    def both(): ...

Prefect gives all assets of a task the same `asset_deps`; this is for whoever draws a finer picture.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from prefect.assets import Asset

T = TypeVar("T", bound=Any)


def needs(deps: Mapping[str, Sequence[str]]) -> Callable[[T], T]:
    """Keep the dependencies of single assets on the task, as `.deps_of`."""

    def decorate(task: T) -> T:
        task.deps_of = dict(deps)
        return task

    return decorate


def named(deps: Iterable[Any]) -> list[str | Asset]:
    """The assets that names, tasks and lists of them stand for, as `asset_deps` takes them."""
    found: list[str | Asset] = []
    for dep in deps:
        if isinstance(dep, str):
            found.append(dep if "://" in dep else f"asset://{dep}")
        elif isinstance(dep, list | tuple):
            found += named(dep)
        else:
            found += dep.assets if hasattr(dep, "assets") else [dep]
    return found
