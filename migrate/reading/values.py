"""What an expression of the project is worth, as far as reading can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Unknown:
    """A value that only running the code would tell; `reason` says what stood in the way."""

    reason: str = ""


@dataclass(frozen=True)
class Named:
    """A name of another library, not called: `dagster.Backoff.LINEAR`."""

    path: str


@dataclass(frozen=True)
class Called:
    """A call of another library's name with evaluated arguments; `place` is that of the construct it is.

    A method of such a value is a call whose `name` starts with a dot and whose first argument is the value.
    """

    name: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""

    def __hash__(self) -> int:
        return hash((self.name, repr(self.args), repr(sorted(self.kwargs))))

    def get(self, name: str, position: int | None = None, default: Any = None) -> Any:
        """An argument by name, or by its position."""
        if name in self.kwargs:
            return self.kwargs[name]
        if position is not None and position < len(self.args):
            return self.args[position]
        return default

    @property
    def short(self) -> str:
        """The last part of the name."""
        return self.name.rsplit(".", 1)[-1]


@dataclass(frozen=True)
class Decorated:
    """A function that a Dagster decorator made a construct; `scope` holds a factory's arguments."""

    place: str
    scope: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def identity(self) -> str:
        """Tells one call of a factory from another, by all that it was given."""
        if not self.scope:
            return self.place
        plain = {k: v for k, v in self.scope.items() if isinstance(v, str | int | float | bool)}
        other = repr([(k, v) for k, v in self.scope.items() if k not in plain])
        scope = ",".join(f"{k}={v!r}" for k, v in plain.items())
        digest = blake2b(other.encode(), digest_size=6).hexdigest()
        return f"{self.place}@{scope}{f'#{digest}' if len(plain) < len(self.scope) else ''}"


@dataclass(frozen=True)
class Defined:
    """A function or class of the project."""

    module: str
    name: str


@dataclass(frozen=True)
class OfModule:
    """One of the project's modules, as a value."""

    module: str


def known(value: Any) -> bool:
    """Whether nothing in the value is unknown."""
    if isinstance(value, Unknown):
        return False
    if isinstance(value, dict):
        return all(known(k) and known(v) for k, v in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return all(known(item) for item in value)
    if isinstance(value, Called):
        return known(value.args) and known(dict(value.kwargs))
    return True


def undecided(value: Any) -> bool:
    """Whether only running the code tells if a value is true: what a call of another library returns."""
    if isinstance(value, Called):
        return not value.short[:1].isupper() and ":" not in value.name
    return isinstance(value, Unknown)


def flat(value: Any) -> list[Any]:
    """A value as a list: lists within lists laid out, None left away."""
    if value is None:
        return []
    if isinstance(value, list | tuple | set | frozenset):
        return [item for part in value for item in flat(part)]
    return [value]
