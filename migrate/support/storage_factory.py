"""Storage classes that are made from fields: the fields are settings, what they make reads and writes.

Written by `migrate convert`; yours to edit.

    class Stores(StorageFactory):
        folder: str

        def create_io_manager(self):
            return JSONFiles(self.folder)

Upstream: https://docs.pydantic.dev/latest/concepts/models/
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pydantic import BaseModel

from .io import IOContext


class StorageFactory(BaseModel):
    """A storage class that stores through what its `create_io_manager` makes, once."""

    def create_io_manager(self) -> Any:
        """What reads and writes."""
        raise NotImplementedError(f"{type(self).__name__}.create_io_manager")

    @cached_property
    def made(self) -> Any:
        """What `create_io_manager` made."""
        return self.create_io_manager()

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Write the value."""
        self.made.handle_output(context, obj)

    def load_input(self, context: IOContext) -> Any:
        """Read the value."""
        return self.made.load_input(context)
