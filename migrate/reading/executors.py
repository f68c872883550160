"""How many steps of a run an executor lets run at once."""

from __future__ import annotations

from typing import Any

from migrate.reading.values import Called, Named


def limit_of(value: Any) -> int | None:
    """1 for `in_process_executor`, `max_concurrent` of another; None for as many as there are."""
    if "in_process_executor" in repr(value):
        return 1
    limit = _told(value)
    return limit if isinstance(limit, int) and limit else None


def _told(value: Any) -> Any:
    """`max_concurrent` of `multiprocess_executor.configured({...})`."""
    if isinstance(value, Named) or not isinstance(value, Called):
        return None
    given = next((a for a in (*value.args, *value.kwargs.values()) if isinstance(a, dict)), {})
    return given.get("max_concurrent") or next((found for a in value.args if (found := _told(a))), None)
