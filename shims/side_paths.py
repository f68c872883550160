"""Where one side of a dual run keeps what it makes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SidePaths:
    """The folders and files of one side; nothing is shared with the other."""

    base: Path
    work: Path

    @property
    def out(self) -> Path:
        """`{side}`: the only place the side writes outputs to."""
        return self.base / "out"

    @property
    def home(self) -> Path:
        """HOME, and the orchestrator's own home."""
        return self.base / "home"

    @property
    def scratch(self) -> Path:
        """TMPDIR."""
        return self.base / "scratch"

    @property
    def logs(self) -> Path:
        """Everything the side's processes say."""
        return self.base / "logs"

    @property
    def kept(self) -> Path:
        """A copy of `out` after the last finished year, in a folder named after the year."""
        return self.base / "kept"

    @property
    def events(self) -> Path:
        """What the side tells while it runs (JSON Lines)."""
        return self.base / "events.jsonl"

    @property
    def request(self) -> Path:
        """What the side is asked to do."""
        return self.base / "request.json"

    def make(self) -> None:
        """Create the folders."""
        for folder in (self.out, self.home, self.scratch, self.logs, self.work):
            folder.mkdir(parents=True, exist_ok=True)
