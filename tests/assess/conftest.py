"""Projects written from text files in problems/: `### yes: path` begins a file of the case that is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "problems"
HEADER = re.compile(r"^### (yes|no): (\S+)$", re.MULTILINE)


def written(problem: str, case: str, folder: Path) -> Path:
    """The project of a case, as files in a folder."""
    parts = HEADER.split((HERE / f"{problem}.txt").read_text(encoding="utf-8"))
    for told, path, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if told == case:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.removeprefix("\n"), encoding="utf-8")
    (folder / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "definitions"\n', encoding="utf-8")
    return folder


def marked(folder: Path) -> list[str]:
    """`file:line` of every line that says FOUND; once for each time it says so."""
    found = []
    for file in sorted(folder.rglob("*")):
        for number, line in enumerate(
            file.read_text(encoding="utf-8").splitlines() if file.is_file() else (), 1
        ):
            place = f"{file.relative_to(folder).as_posix()}:{number}"
            found += [place.replace(f":{number}", ":0") if "FOUND 0" in line else place] * line.count("FOUND")
    return sorted(found)


@pytest.fixture
def case() -> Callable[[str, str, Path], tuple[Path, list[str]]]:
    """Writes a case of a problem into a folder; gives the project and the places that it marks."""
    return lambda problem, name, folder: (written(problem, name, folder), marked(folder))
