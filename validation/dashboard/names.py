"""Names in addresses: a safe piece of a path for every asset, table, run and check.

A page is looked up by the pieces of what is known to exist, never by opening a path that a browser sent.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST = 80
RUN = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]+")
Item = TypeVar("Item")


def piece(name: str) -> str:
    """A name as one piece of an address; what had to be changed is told apart by a digest of the whole."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:LONGEST]
    if safe == name and (safe == safe.lower() or RUN.fullmatch(safe)):
        return safe
    return f"{safe or 'x'}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def find(address: str, items: Iterable[Item], name: Callable[[Item], str]) -> Item | None:
    """The item whose piece this is; None when there is none."""
    return next((item for item in items if piece(name(item)) == address), None)
