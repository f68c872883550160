"""Modules that are executed when something of them is asked for, not when they are imported.

https://docs.python.org/3/library/importlib.html#importlib.util.LazyLoader
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from importlib.util import LazyLoader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Modules of these names that are imported within are loaded at their first use.

    Args:
        names: full names; a submodule's parent is imported as always. What is not there raises
            ImportError as always, what was imported before stays as it is.
    """
    finder = _Deferring(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Deferring(MetaPathFinder):
    """Finds what Python's own finder finds, with a loader that waits."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = PathFinder.find_spec(name, path, target) if name in self.names else None
        if found and found.loader:
            found.loader = LazyLoader(found.loader)
        return found
