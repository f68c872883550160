"""The dumps of several code locations as one: what a target that holds all of them is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from migrate.errors import ChangeoverError

Dump = dict[str, Any]
LISTS = ("assets", "checks", "jobs", "schedules", "sensors", "resources", "undeployed", "unimportable")
MAPPINGS = ("resource_values", "resource_fields")


def together(dumps: Sequence[Dump]) -> Dump:
    """One dump of them all. An asset that one location makes and another only reads is made.

    Raises:
        ChangeoverError: two locations have something of one name that is not the same.
    """
    merged = dict(dumps[0])
    for name in LISTS:
        rows: dict[str, Any] = {}
        for row in (r for dump in dumps for r in dump.get(name, ())):
            key = _name_of(row)
            rows[key] = row if key not in rows else _one_of(name, key, rows[key], row)
        merged[name] = list(rows.values())
    for name in MAPPINGS:
        merged[name] = {k: v for dump in reversed(dumps) for k, v in dump.get(name, {}).items()}
    return merged


def _name_of(row: Any) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    return "\0".join(str(row[k]) for k in ("asset", "key", "name", "file", "line") if k in row)


def _one_of(kind: str, key: str, one: Any, other: Any) -> Any:
    if kind == "assets" and one["source"] != other["source"]:
        return other if one["source"] else one
    if kind in ("resources", "undeployed", "unimportable") or _plain(one) == _plain(other):
        return one
    name = key.replace("\0", " ")
    raise ChangeoverError(
        f"two code locations have {kind} called {name}, which differ",
        remedy="Convert each code location by itself.",
    )


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "place"}
