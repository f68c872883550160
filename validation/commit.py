"""Which commit a report speaks of."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def commit(root: Path) -> str:
    """The checked-out commit of the project, marked when files differ from it; empty outside of git."""
    try:
        head = _git(root, "rev-parse", "HEAD")
        return f"{head} with uncommitted changes" if _git(root, "status", "--porcelain") else head
    except (OSError, subprocess.SubprocessError):
        return ""


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout.strip()
