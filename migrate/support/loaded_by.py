"""A storage class that only loads, by a function.

Written by `migrate convert`; yours to edit.

    load(LoadedBy(read_lines), "asset://orders")    # read_lines(IOContext("asset://orders"))

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .io import IOContext


class LoadedBy:
    """Loads what the function gives for an asset's context; stores nothing."""

    def __init__(self, function: Callable[[IOContext], Any]) -> None:
        self._function = function

    def load_input(self, context: IOContext) -> Any:
        """The value; a function that makes a storage class leaves the loading to it."""
        made = self._function(context)
        return made.load_input(context) if hasattr(made, "load_input") else made

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Raises TypeError: it has no place for a value."""
        raise TypeError(f"{context.asset} cannot be stored by what only loads")
