"""What can go wrong through no fault of this program, said so that the reader can mend it.

Every user error is a `ChangeoverError`: one sentence on the cause, the place (file and line) and a
remedy. The command line prints it without a traceback and exits with `CANNOT_SAY`.
"""

from __future__ import annotations

from pathlib import Path

YES = 0
"""Exit code: done, equal, green."""
NO = 1
"""Exit code: differs, red, or needs a person under --strict."""
CANNOT_SAY = 2
"""Exit code: bad input, or a side that did not run."""


class ChangeoverError(Exception):
    """A problem the user can mend.

    Args:
        cause: what is wrong, one sentence without a full stop at its end.
        remedy: what to do about it, one sentence.
        file: the file it is about, if there is one.
        line: the 1-based line in that file, if known.
    """

    def __init__(
        self, cause: str, *, remedy: str = "", file: Path | str | None = None, line: int | None = None
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy
        self.file = str(file) if file is not None else None
        self.line = line

    @property
    def place(self) -> str:
        """`file:line`, `file`, or the empty string."""
        if self.file is None:
            return ""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.cause}." + (f" {self.remedy}" if self.remedy else "")


class ConfigError(ChangeoverError):
    """`migration.toml` does not say what it must."""


class SourceError(ChangeoverError):
    """The project to convert cannot be read as one."""


class SideError(ChangeoverError):
    """One of the two sides cannot be prepared or did not run."""


class EvidenceError(ChangeoverError):
    """A file that a verdict needs is missing, stale or not what it claims to be."""
