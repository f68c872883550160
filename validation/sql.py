"""Composing SQL from names and values, never from raw text.

DuckDB's identifiers may hold anything when quoted: dots, spaces, quotes, reserved words.
https://duckdb.org/docs/stable/sql/dialect/keywords_and_identifiers
"""

from __future__ import annotations

from collections.abc import Iterable


def identifier(*parts: str) -> str:
    """Quote the parts of a name and join them with dots."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def literal(value: int | str | None) -> str:
    """A whole number, text or NULL as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    return "'" + value.replace("'", "''") + "'"


def all_of(conditions: Iterable[str]) -> str:
    """The conditions joined with AND; true when there are none."""
    return " AND ".join(f"({c})" for c in conditions) or "true"


def any_of(conditions: Iterable[str]) -> str:
    """The conditions joined with OR; false when there are none."""
    return " OR ".join(f"({c})" for c in conditions) or "false"


def one_of(expression: str, values: Iterable[int | str | None]) -> str:
    """`expression` is one of `values`, NULL being a value like any other."""
    values = list(values)
    known = ", ".join(literal(v) for v in values if v is not None)
    conditions = [f"{expression} IN ({known})"] if known else []
    if None in values:
        conditions.append(f"{expression} IS NULL")
    return f"({any_of(conditions)})"
