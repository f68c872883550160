"""Names that are no Dagster's and have a rule all the same: a team's own decorators, told by a plugin."""

from __future__ import annotations

from collections.abc import Iterable

_NAMES: set[str] = set()


def teach(names: Iterable[str]) -> None:
    """From now on these dotted names are treated as Dagster's."""
    _NAMES.update(n for n in names if not n.split(".")[0].startswith("dagster"))


def is_taught(path: str) -> bool:
    """Whether a dotted path is one of the names that were taught."""
    return path in _NAMES


def words() -> tuple[bytes, ...]:
    """What a file must mention to be read: Dagster, or the last part of a name that was taught."""
    return (b"dagster", *sorted({n.rpartition(".")[2].encode() for n in _NAMES}))
