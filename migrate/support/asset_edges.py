"""What each asset of a task with several needs, where they do not all need the same.

Written by `migrate convert`; yours to edit.

    @needs({"asset://b": ["asset://a"]})
    @materialize("asset://a", "asset://b", asset_deps=["asset://raw"])
    def both(): ...

Prefect gives all assets of a task the same `asset_deps`; this is for whoever draws a finer picture.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T", bound=Any)


def needs(deps: Mapping[str, Sequence[str]]) -> Callable[[T], T]:
    """Keep the dependencies of single assets on the task, as `.deps_of`."""

    def decorate(task: T) -> T:
        task.deps_of = dict(deps)
        return task

    return decorate
