"""Partition keys of parameters."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from ..year import YEAR, combined


def partition_choice(flow_or_task: Any) -> dict[str, list[str]]:
    """Parameter name → partition keys, for parameters whose annotation lists its possible keys."""
    found = {}
    for name, parameter in inspect.signature(flow_or_task.fn, eval_str=True).parameters.items():
        for note in getattr(parameter.annotation, "__metadata__", ()):
            keys = keys_of(note)
            if keys is not None:
                found[name] = keys
    return found


def keys_of(note: Any) -> list[str] | None:
    """The keys of a partition's annotation; of time windows those up to the end of the simulated year, of
    those that begin later none; None for any other annotation."""
    if hasattr(type(note), "add") and isinstance(getattr(note, "name", None), str):
        return [f"<dynamic:{note.name}>"]  # its keys are the server's, and no server is asked
    dimensions = getattr(note, "dimensions", None)
    if isinstance(dimensions, Mapping):
        return combined({part: keys_of(dimensions[part]) or [] for part in dimensions})
    at = getattr(note, "keys_at", None)
    keys = at(YEAR[1]) if callable(at) else getattr(note, "keys", None)
    return [str(k) for k in keys] if isinstance(keys, (tuple, list)) else None
