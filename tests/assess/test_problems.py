"""Each detector finds what it should, at the line where it is, and leaves the likeness of it alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.assess.facts import Facts
from migrate.assess.problems import registry

HERE = Path(__file__).parent / "problems"
Case = Callable[[str, str, Path], tuple[Path, list[str]]]
NAMES = [detector.name for detector in registry()]


def places(problem: str, root: Path) -> list[str]:
    detector = next(d for d in registry() if d.name == problem)
    return sorted(f"{e.file}:{e.line}" for e in set(detector.problem.find(Facts.of(root))))


@pytest.mark.parametrize("problem", NAMES)
def test_it_is_found_where_it_is(problem: str, case: Case, tmp_path: Path) -> None:
    root, wanted = case(problem, "yes", tmp_path)
    found = places(problem, root)
    assert wanted, "a fixture names the lines that are to be found"
    assert sorted(set(found)) == sorted(set(wanted))


@pytest.mark.parametrize("problem", NAMES)
def test_its_likeness_is_left_alone(problem: str, case: Case, tmp_path: Path) -> None:
    root, _ = case(problem, "no", tmp_path)
    assert places(problem, root) == []
    assert any(tmp_path.rglob("*.py")), "there is something to leave alone"


def test_every_fixture_has_a_detector() -> None:
    assert sorted(file.stem for file in HERE.glob("*.txt")) == NAMES
