"""Values of JSON that may be missing or of another kind: a page shows less then, it does not break."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any


def text(value: Any) -> str:
    """A text; anything else as text, nothing as empty."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def number(value: Any) -> float | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def whole(value: Any) -> int:
    """A whole number; 0 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def table(value: Any) -> dict[str, Any]:
    """An object; empty for what is none."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> tuple[str, ...]:
    """The values of a list as texts."""
    return tuple(text(v) for v in value) if isinstance(value, list) else ()


def years(value: Any) -> tuple[int, ...]:
    """The whole numbers of a list."""
    return tuple(v for v in value if isinstance(v, int)) if isinstance(value, list) else ()


def moment(value: Any) -> dt.datetime | None:
    """An ISO time with its zone (UTC where it names none); None for what is none."""
    try:
        found = dt.datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
