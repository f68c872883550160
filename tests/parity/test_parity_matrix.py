"""Every kind of difference, and of things that are none, by each way that a comparison may take."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from validation.parity import buckets, compare, difference

sys.path.insert(0, str(Path(__file__).parent))
from parity_kinds import Case, Facts
from parity_rows import ROWS
from parity_shapes import SHAPES
from parity_values import VALUES

Found = dict[str, Facts]
CASES = VALUES + ROWS + SHAPES


def test_there_are_enough_kinds_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 225
    assert len({c.name for c in CASES}) == len(CASES)


def test_the_page_shows_what_is_said_now(forth: Found) -> None:
    """The peers' columns are made again by `make parity-matrix`."""
    page = (Path(__file__).parents[2] / "docs" / "parity-matrix.md").read_text(encoding="utf-8")
    shown = [line.strip("| ").split(" | ")[:2] for line in page.splitlines() if line.startswith("| ")]
    expected = []
    for case in CASES:
        word = "quiet" if forth[case.name]["verdict"] == "equal" else "found"
        expected.append([case.name, word if forth[case.name]["verdict"] != "error" else "fails"])
    assert shown[-len(CASES) :] == expected


def store(folder: Path, cases: Sequence[tuple[str, str, str]]) -> None:
    """Both sides of all cases, each in a schema of its own."""
    for side in (1, 2):
        with duckdb.connect(folder / f"side{side}.duckdb") as connection:
            connection.execute("BEGIN")
            for number, case in enumerate(cases):
                connection.execute(f"CREATE SCHEMA s{number}; USE s{number};")
                connection.execute(case[side])
            connection.execute("COMMIT")


def facts(folder: Path, cases: Sequence[tuple[str, str, str]], **more: Any) -> Found:
    """Compare all cases that are stored there at once, and give the facts of each table `t`."""
    report = compare(folder / "side1.duckdb", folder / "side2.duckdb", **more)
    tables = {t["name"]: t for t in report.to_json()["tables"]}
    return {case[0]: tables[f"s{number}.t"] for number, case in enumerate(cases)}


def compare_all(folder: Path, cases: Sequence[tuple[str, str, str]], **more: Any) -> Found:
    """The facts of cases that are stored for it."""
    store(folder, cases)
    return facts(folder, cases, **more)


ALL = [(c.name, c.left, c.right) for c in CASES]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All cases, for every way that compares them as they are."""
    folder = tmp_path_factory.mktemp("stored")
    store(folder, ALL)
    return folder


@pytest.fixture(scope="module")
def forth(stored: Path) -> Found:
    return facts(stored, ALL)


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return compare_all(tmp_path_factory.mktemp("back"), [(c.name, c.right, c.left) for c in ROWS + SHAPES])


@pytest.fixture(scope="module")
def keyless(tmp_path_factory: pytest.TempPathFactory) -> Found:
    bare = [(c.name, *(s.replace(" PRIMARY KEY", "") for s in (c.left, c.right))) for c in VALUES]
    return compare_all(tmp_path_factory.mktemp("keyless"), bare)


@pytest.fixture(scope="module")
def by_value(tmp_path_factory: pytest.TempPathFactory) -> Found:
    cases = [(c.name, c.left, c.right) for c in VALUES]
    return compare_all(tmp_path_factory.mktemp("years"), cases, year_column="v")


@pytest.fixture(scope="module", params=["few buckets", "all rows"])
def parted(stored: Path, request: pytest.FixtureRequest) -> Found:
    """What large tables go through: rows of buckets that differ, or, where most do, all rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buckets, "LARGE", 0)
        patch.setattr(buckets, "SPARSE", 1.1 if request.param == "few buckets" else 0.0)
        patch.setattr(difference, "MANY", 0)
        patch.setattr(difference, "AGAIN", 0)
        return facts(stored, ALL)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_every_kind_as_in_a_large_table(case: Case, parted: Found) -> None:
    found = parted[case.name]
    assert {k: found[k] for k in case.expect} == case.expect, found["reason"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_every_kind(case: Case, forth: Found) -> None:
    found = forth[case.name]
    assert {k: found[k] for k in case.expect} == case.expect, found["reason"]


@pytest.mark.parametrize("case", ROWS + SHAPES, ids=lambda c: c.name)
def test_every_kind_the_other_way_round(case: Case, back: Found) -> None:
    found = back[case.name]
    assert found["verdict"] == case.expect["verdict"]
    assert set(found["columns"]) == set(case.expect.get("columns", found["columns"]))
    assert found["years"] == case.expect.get("years", found["years"])


@pytest.mark.parametrize("case", VALUES, ids=lambda c: c.name)
def test_every_value_without_a_key(case: Case, keyless: Found) -> None:
    found = keyless[case.name]
    number = 0 if case.expect["verdict"] == "equal" else 1
    assert (found["only_left"], found["only_right"], found["changed"]) == (number, number, 0)
    assert (found["columns"], found["years"]) == (case.expect["columns"], case.expect["years"])


@pytest.mark.parametrize("case", VALUES, ids=lambda c: c.name)
def test_splitting_a_table_by_a_column_hides_no_difference_of_it(case: Case, by_value: Found) -> None:
    assert by_value[case.name]["verdict"] == case.expect["verdict"]
