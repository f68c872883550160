"""The census generator: the same people for the same seed, a whole file or none, errors in plain words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from .conftest import GENERATOR


def generate(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, GENERATOR, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("census") / "new" / "census.parquet"
    made = generate("--out", file)
    assert made.returncode == 0, made.stderr
    return file


def test_same_seed_same_bytes_other_seed_other_people(census: Path, tmp_path: Path) -> None:
    assert generate("--out", tmp_path / "again.parquet", "--employees", 5000, "--seed", 42).returncode == 0
    assert generate("--out", tmp_path / "other.parquet", "--seed", 43).returncode == 0
    assert (tmp_path / "again.parquet").read_bytes() == census.read_bytes()
    same = duckdb.sql(f"""
        select count(*) from '{census}' a join '{tmp_path}/other.parquet' b
            using (employee_id, employee_birth_date)""").fetchall()[0][0]
    assert same < 50


def test_a_census_of_another_size_starts_with_the_same_people(census: Path, tmp_path: Path) -> None:
    assert generate("--out", tmp_path / "large.parquet", "--employees", 200_000).returncode == 0
    rows, distinct, shared = duckdb.sql(
        f"select count(*), count(distinct employee_id), (select count(*) from (from '{census}' intersect "
        f"from '{tmp_path}/large.parquet')) from '{tmp_path}/large.parquet'"
    ).fetchall()[0]
    assert (rows, distinct, shared) == (200_000, 200_000, 5_000)


def test_the_people_are_plausible(census: Path) -> None:
    facts = (
        duckdb.sql(f"""
        select
            count(*) as employees,
            avg(2024 - year(employee_birth_date)) as age,
            min(2024 - year(employee_birth_date)) as youngest,
            max(2024 - year(employee_birth_date)) as oldest,
            avg(2024 - year(employee_hire_date)) as tenure,
            min(year(employee_hire_date) - year(employee_birth_date)) as age_at_hire,
            avg(cast(active as integer)) as active,
            avg(cast(deferral_rate > 0 as integer)) as participation,
            min(employee_annual_compensation) as lowest,
            max(employee_annual_compensation) as highest,
            count(*) filter (where active <> (termination_date is null)) as contradictions,
            count(*) filter (where termination_date < employee_hire_date) as left_before_hired,
            max(employee_hire_date) <= date '2024-12-31' as nobody_from_the_future
        from '{census}'""")
        .df()
        .iloc[0]
    )
    assert facts.employees == 5000
    assert 38 < facts.age < 46
    assert 20 <= facts.youngest <= 22
    assert 66 <= facts.oldest <= 68
    assert 4 < facts.tenure < 8
    assert facts.age_at_hire >= 18
    assert 0.94 < facts.active < 0.98
    assert 0.5 < facts.participation < 0.7
    assert 40_000 < facts.lowest < 60_000
    assert 300_000 < facts.highest <= 420_000
    assert facts.contradictions == facts.left_before_hired == 0
    assert facts.nobody_from_the_future
    pay = duckdb.sql(
        f"select avg(employee_annual_compensation) from '{census}' group by level_id order by level_id"
    ).fetchall()
    assert len(pay) == 5
    assert pay == sorted(pay)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--employees", "999"], "999 is not between 1000 and 1000000"),
        (["--employees", "1000001"], "1000001 is not between 1000 and 1000000"),
        (["--employees", "many"], "'many' is not a whole number"),
        (["--seed", "-1"], "-1 is not between"),
        (["--out", "a-file/census.parquet"], "cannot be written"),
        (["--out", "."], "is a folder"),
    ],
)
def test_bad_arguments_are_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a-file").write_text("")
    refused = generate(*arguments)
    assert refused.returncode == 2
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["a-file"]


def test_a_file_that_is_there_is_replaced_whole(census: Path, tmp_path: Path) -> None:
    file = tmp_path / "census.parquet"
    file.write_text("half a file")
    assert generate("--out", file).returncode == 0
    assert file.read_bytes() == census.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["census.parquet"]
