"""What a check of the preflight found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["problem", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing to mend (`problem`) or to know of (`warning`).

    `area` is one of: path, executable, package, manifest, extension, download, port, lock, disk, version,
    side-effect, configuration. `file` is relative to the folder of migration.toml where it lies in it.
    """

    area: str
    level: Level
    cause: str
    remedy: str
    side: str = ""
    file: str = ""
    line: int | None = None

    @property
    def place(self) -> str:
        """`file:line`, `file` or nothing."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.file

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)
