"""TOML as it is read here: what is wrong with it is told with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from migrate.errors import ConfigError


def parse_toml(text: str, file: Path) -> dict[str, Any]:
    """A file's text as TOML.

    Raises:
        ConfigError: it is none; names the line.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"at line (\d+)", str(problem))
        raise ConfigError(
            f"is not valid TOML: {problem}", file=file, line=int(line[1]) if line else None
        ) from None
