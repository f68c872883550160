"""A file that another process appends to.

Standard library only, and plain enough for Python 3.8: it is read within the legacy interpreter, too.
"""

from __future__ import annotations

from pathlib import Path


class GrowingFile:
    """The whole lines of a file, as they come; a line half written is left for the next time."""

    def __init__(self, path: Path) -> None:
        self._path, self._offset = path, 0

    def skip(self) -> None:
        """Leave out what is there already."""
        self._offset = self._path.stat().st_size if self._path.exists() else 0

    def lines(self) -> list[bytes]:
        """The lines since the last call; none from a file that is not there yet."""
        try:
            with self._path.open("rb") as stream:
                stream.seek(self._offset)
                text = stream.read()
        except FileNotFoundError:
            return []
        whole = text[: text.rfind(b"\n") + 1]
        self._offset += len(whole)
        return whole.splitlines()
