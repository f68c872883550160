"""Projects that only their own interpreter can tell all of, converted with `--loaded`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECTS = Path(__file__).with_name("projects")


@dataclass(frozen=True)
class Done:
    """A conversion: the project, its target, exit code, what was said, and conversion.json."""

    project: Path
    target: Path
    code: int
    said: str
    record: dict[str, Any]

    def dispositions(self) -> dict[str, str]:
        """Name → disposition."""
        return {c["name"]: c["disposition"] for c in self.record["constructs"]}

    def notes(self) -> dict[str, str]:
        """Name → what is said of it."""
        return {c["name"]: c["note"] for c in self.record["constructs"]}

    def text(self, path: str) -> str:
        """A file of the target."""
        return (self.target / path).read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def converted(at_once: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Done]:
    """(project of this folder, options) in, a conversion of a copy out; once for the same question."""
    done: dict[tuple[str, ...], Done] = {}

    def run(name: str, *options: str) -> Done:
        asked = (name, *options)
        if asked not in done:
            folder = tmp_path_factory.mktemp(name)
            project = shutil.copytree(PROJECTS / name, folder / "legacy")
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SHOP_ZONE", "north-west")
                made = at_once("convert", project, "--out", folder / "target", *options)
            file = folder / "target" / "conversion.json"
            record = json.loads(file.read_text()) if file.is_file() else {}
            done[asked] = Done(project, folder / "target", made.returncode, made.stderr, record)
        return done[asked]

    return run
