"""An asset's key that is asked for its parts.

Written by `migrate convert`; yours to edit.

    Key("asset://raw/users").path               # ["raw", "users"]
    Key("asset://raw/users").to_user_string()   # "raw/users"

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence


class Key(str):
    """An asset's key, `asset://raw/users`, that knows its parts."""

    __slots__ = ()

    @classmethod
    def of(cls, *parts: str) -> Key:
        """The key of these parts."""
        return cls("asset://" + "/".join(parts))

    @property
    def path(self) -> list[str]:
        """Its parts."""
        return self.removeprefix("asset://").split("/")

    @property
    def parts(self) -> list[str]:
        """Its parts."""
        return self.path

    def with_prefix(self, prefix: str | Sequence[str]) -> Key:
        """The key with parts before it."""
        return Key.of(*([prefix] if isinstance(prefix, str) else prefix), *self.path)

    def to_user_string(self) -> str:
        """The parts joined by slashes."""
        return "/".join(self.path)

    def has_prefix(self, prefix: Sequence[str]) -> bool:
        """Whether its first parts are these."""
        return self.path[: len(prefix)] == list(prefix)

    def to_python_identifier(self, suffix: str = "") -> str:
        """The parts joined by two underscores, with hyphens and dots made underscores."""
        parts = [*self.path, suffix] if suffix else self.path
        return "__".join(parts).replace("-", "_").replace(".", "_")
