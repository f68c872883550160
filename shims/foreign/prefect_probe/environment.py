"""Variables that are not set where a flow's body is followed: only a run needs their values."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSET = "0"
"""A text that is a number, too."""


class _Lenient(os._Environ):  # type: ignore[type-arg]
    """The environment; `[]` of what is not set gives a text instead of an error."""

    def __getitem__(self, name: str) -> str:
        try:
            return str(super().__getitem__(name))
        except KeyError:
            return UNSET

    def __contains__(self, name: object) -> bool:
        """As before, where `in` asks for the value."""
        return any(name == there for there in self)

    def get(self, name: str, default: object = None) -> object:
        """As before: what asks with a default does without the variable."""
        if name in self:
            return self[name]
        return default


@contextmanager
def lenient() -> Iterator[None]:
    """`os.environ[…]` of a variable that is not set raises nothing, as where Dagster loads definitions."""
    kind = type(os.environ)
    os.environ.__class__ = _Lenient
    try:
        yield
    finally:
        os.environ.__class__ = kind
