"""Values kept as pickles, one file an asset, where Dagster's file system IO manager kept them.

Written by `migrate convert`; yours to edit.

    PickledFiles(base_dir="storage")        # storage/marts/orders, storage/marts/orders/2026-01-01

Without `base_dir` it is the folder `storage` of DAGSTER_HOME, or of the working folder.

Upstream: https://docs.prefect.io/v3/advanced/results
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from .io import IOContext
from .object_paths import object_path


def storage() -> str:
    """The folder `storage` of DAGSTER_HOME, or of the working folder."""
    return str(Path(os.environ.get("DAGSTER_HOME", ".")) / "storage")


class PickledFiles(BaseModel):
    """A storage class: the folder that holds the files."""

    base_dir: str = Field(default_factory=storage)

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Write the value, None too."""
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(obj, protocol=4))

    def load_input(self, context: IOContext) -> Any:
        """Read the value; raises FileNotFoundError when it was never stored."""
        return pickle.loads(self._path(context).read_bytes())  # noqa: S301, RUF100 (our own files)

    def _path(self, context: IOContext) -> Path:
        return Path(self.base_dir, object_path("", context))
