"""What a program of ours tells while it runs."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any


class Events:
    """The events file: one JSON object a line, written through at once."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115 - open until exit
        self._lock = threading.Lock()

    def emit(self, event: str, **facts: Any) -> None:
        """Append one event, in whole."""
        line = json.dumps({"event": event, **facts}, default=str)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()
