"""The exercises of `migrate learn`: folders in `migrate/training/`, one each; the folder is the register.

An exercise holds `README.md` (its first line is its title), `dagster_side.py`, `start/` (what the learner
finishes), `shared/` (what is there already, if anything), `solution/`, `check.py`, and `expected.json`,
which is what the Dagster side makes.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from migrate.errors import SourceError

TRAINING = Path(__file__).parent / "training"
CHECKER = TRAINING / "checker.py"
CACHES = shutil.ignore_patterns("__pycache__")


@dataclass(frozen=True)
class Exercise:
    """One exercise; `folder` is where it is installed."""

    number: int
    folder: Path

    @property
    def name(self) -> str:
        """The folder's name, such as `01_assets`."""
        return self.folder.name

    @property
    def title(self) -> str:
        """What it is about."""
        first = (self.folder / "README.md").read_text(encoding="utf-8").splitlines()[0]
        return first.removeprefix(f"# {self.number}. ")

    def start(self, into: Path) -> None:
        """Copy what the learner works with: the text, Dagster's side, the unfinished Prefect side.

        Raises:
            SourceError: `into` holds something already.
        """
        if into.exists() and any(into.iterdir()):
            raise SourceError(
                "this folder is not empty", file=into, remedy="Name another one, or remove this one."
            )
        for part in ("start", "shared"):
            if (self.folder / part).is_dir():
                shutil.copytree(self.folder / part, into, ignore=CACHES, dirs_exist_ok=True)
        for file in ("README.md", "dagster_side.py"):
            shutil.copyfile(self.folder / file, into / file)

    def solution(self) -> dict[str, str]:
        """The finished files, by their paths in the learner's folder."""
        root = self.folder / "solution"
        files = sorted(f for f in root.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
        return {str(f.relative_to(root)): f.read_text(encoding="utf-8") for f in files}


def exercises() -> list[Exercise]:
    """All exercises, in their order."""
    return [Exercise(int(f.name[:2]), f) for f in sorted(TRAINING.glob("[0-9][0-9]_*"))]


def exercise(number: int) -> Exercise:
    """The exercise of that number.

    Raises:
        SourceError: there is none.
    """
    found = {each.number: each for each in exercises()}
    if number not in found:
        raise SourceError(f"there is no exercise {number}", remedy=f"There are 1 to {max(found)}.")
    return found[number]
