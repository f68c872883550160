"""Each folder tests/rules/<rule>/<case>/ holds before.py and what becomes of it.

after.py      the converted file (missing: the file is not written)
findings.txt  a line for each construct that is not simply converted, and each unread argument
prefect.yaml  the deployments, when the case is about them

`UPDATE_FIXTURES=1 pytest tests/rules` writes the outcome instead of comparing it: read the diff.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from migrate.conversion import convert_project
from migrate.results import Conversion
from migrate.reading.project import read
from migrate.rules import is_construct

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    folder: Path

    @property
    def rule(self) -> str:
        return self.folder.parent.name

    def __str__(self) -> str:
        return f"{self.rule}-{self.folder.name}"


def cases() -> list[Case]:
    return [Case(path.parent) for path in sorted(HERE.glob("*/*/before.py"))]


@pytest.fixture
def converted(case: Case, tmp_path: Path) -> Conversion:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "code.py").write_bytes((case.folder / "before.py").read_bytes())
    return convert_project(read(tmp_path / "project", is_construct))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", cases(), ids=str)
