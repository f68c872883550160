"""Which table an asset is, and which of its rows a partition is.

Written by `migrate convert`; yours to edit.

    where(context)      # "where day >= '2024-01-01 00:00:00' and day < '2024-01-02 00:00:00'"

The table is the key's last part. The schema is the metadata's, else the one given, else the part of the key
before the last, else `public`. `partition_expr` in the metadata names the column of the partitions, or that
of each of several dimensions.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .io import IOContext

MOMENT = "%Y-%m-%d %H:%M:%S"


def place(context: IOContext, schema: str | None) -> tuple[str, str]:
    """Schema and table; `schema` is that of the storage class."""
    path = context.asset_key.path
    own = _told(context).get("schema") or schema
    return str(own or (path[-2] if len(path) > 1 else "public")), path[-1]


def columns(context: IOContext) -> str:
    """What is read of the table: the columns that the argument's metadata names, else all."""
    named = context.metadata.get("columns")
    return ", ".join(named) if named else "*"


def where(context: IOContext) -> str:
    """The condition of its partitions, after a space; empty for a whole table.

    Raises ValueError when no `partition_expr` says what column they are in.
    """
    if not context.has_partition_key:
        return ""
    named = _told(context).get("partition_expr")
    if named is None:
        raise ValueError(f"{context.asset} has partitions, and no partition_expr says in which column")
    partitions, keys = context.asset_partitions_def, context.asset_partition_keys
    if not isinstance(named, Mapping):
        return f" where {_condition(named, partitions, keys)}"
    first, last = partitions.parts(keys[0]), partitions.parts(keys[-1])
    told = [
        _condition(named[name], each, each.between(first[name], last[name]))
        for name, each in partitions.dimensions.items()
    ]
    return f" where {' and '.join(told)}"


def _told(context: IOContext) -> Mapping[str, Any]:
    """The metadata of the asset, whether it is written or read."""
    return context.metadata if context.upstream is None else context.upstream


def _condition(column: str, partitions: Any, keys: Sequence[str]) -> str:
    if hasattr(partitions, "windows"):
        window = partitions.windows(keys)
        start, end = (moment.strftime(MOMENT) for moment in (window.start, window.end))
        return f"{column} >= '{start}' and {column} < '{end}'"
    quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in keys)
    return f"{column} in ({quoted})"
