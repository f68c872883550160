"""Where an expression stands, what an assignment binds there, and how reading gives up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import libcst as cst

from migrate.reading.values import Unknown


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: its module, and the local names known there."""

    module: str
    local: Mapping[str, Any]


class Stop(Exception):
    """The value cannot be told by reading."""


def bind(target: cst.CSTNode, value: Any) -> dict[str, Any]:
    """Names that an assignment of `value` to `target` binds."""
    if isinstance(target, cst.Name):
        return {target.value: value}
    if isinstance(target, cst.Tuple | cst.List):
        parts = (
            list(value) if isinstance(value, list | tuple) else [Unknown("unpacked")] * len(target.elements)
        )
        found: dict[str, Any] = {}
        for element, part in zip(target.elements, parts, strict=False):
            found.update(bind(element.value, part))
        return found
    return {}
