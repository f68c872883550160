"""What is installed where a program of ours runs."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version


def versions(*names: str) -> dict[str, str]:
    """Installed versions of these distributions and of Python."""
    return {"python": sys.version.split()[0], **installed(*names)}


def installed(*names: str) -> dict[str, str]:
    """Installed versions of these distributions."""
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
