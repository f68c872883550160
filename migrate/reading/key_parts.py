"""What an asset key is asked for: its parts, and names made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from migrate.reading.scope import Stop
from migrate.reading.values import Called

METHODS = ("to_user_string", "to_python_identifier", "with_prefix", "has_prefix")
ASKED = ("path", "parts", *METHODS)
"""Attributes of a key that a plain text has not."""


def key_of(parts: Sequence[str]) -> Called:
    """The key of these parts."""
    return Called("dagster.AssetKey", (list(parts),))


def parts_of(value: Any) -> list[str] | None:
    """The parts of a key that is told; None for anything else."""
    if not isinstance(value, Called) or value.name != "dagster.AssetKey":
        return None
    given = value.get("path", 0)
    parts = [given] if isinstance(given, str) else given
    told = isinstance(parts, list | tuple) and all(isinstance(part, str) for part in parts)
    return list(parts) if told else None


def asked(parts: Sequence[str], method: str, args: Sequence[Any]) -> Any:
    """The answer of a method of a key; raises Stop for an argument that is no text or texts."""
    if method == "to_user_string":
        return "/".join(parts)
    if method == "to_python_identifier":
        return "__".join(re.sub(r"[-.]", "_", part) for part in (*parts, *args))
    given = [args[0]] if args and isinstance(args[0], str) else args[0] if args else None
    if not isinstance(given, list | tuple) or not all(isinstance(part, str) for part in given):
        raise Stop(f"what {method} is given")
    return key_of([*given, *parts]) if method == "with_prefix" else list(parts[: len(given)]) == list(given)
