"""Metadata that says what table an asset is: `table_facts(table_name="lake.orders")`.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.python.org/3/library/stdtypes.html#dict
"""

from __future__ import annotations

from typing import Any


def table_facts(**facts: Any) -> dict[str, Any]:
    """The facts by the names that the old metadata had; what is None is left out."""
    return {f"dagster/{name}": fact for name, fact in facts.items() if fact is not None}


def columns_of(frame: Any) -> dict[str, Any]:
    """The names and types of a DataFrame's columns, as metadata of its asset."""
    return {"columns": [{"name": str(name), "type": str(kind)} for name, kind in frame.dtypes.items()]}
