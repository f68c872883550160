"""What a side may be: one database, or a folder of databases, Parquet, CSV and JSON."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from migrate.errors import EvidenceError
from validation.parity import ParityReport, compare

Build = Callable[..., Path]
ONE = "CREATE TABLE t AS SELECT 1 AS id, 2025 AS year"


def verdicts(report: ParityReport) -> dict[str, str]:
    return {t.name: t.verdict for t in report.tables}


def write(file: Path, query: str, options: str = "") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"COPY ({query}) TO '{file}' {options}")


def test_a_file_is_not_compared_with_itself(build: Build, tmp_path: Path) -> None:
    file = build("side", ONE)
    link, hard = tmp_path / "link.duckdb", tmp_path / "hard.duckdb"
    link.symlink_to(file)
    os.link(file, hard)
    for other in (file, link, hard, tmp_path / "x" / ".." / "side.duckdb"):
        (tmp_path / "x").mkdir(exist_ok=True)
        with pytest.raises(EvidenceError, match="the same file"):
            compare(file, other)
    with pytest.raises(EvidenceError, match="the same file"):
        compare(tmp_path, tmp_path)


def test_a_copy_is_another_file(build: Build, tmp_path: Path) -> None:
    file = build("side", ONE)
    assert compare(file, Path(shutil.copy(file, tmp_path / "copy.duckdb"))).equal


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (None, "no such file"),
        (b"", "not a DuckDB"),
        (b"SQLite format 3\0" + b"x" * 100, "cannot be read|extension"),
    ],
)
def test_a_side_that_is_none(build: Build, tmp_path: Path, content: bytes | None, cause: str) -> None:
    other = tmp_path / "other.duckdb"
    if content is not None:
        other.write_bytes(content)
    for sides in ((build("side", ONE), other), (other, build("side", ONE))):
        with pytest.raises(EvidenceError, match=cause) as caught:
            compare(*sides)
        assert caught.value.file == str(other)


def test_a_truncated_database(build: Build, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    other.write_bytes(build("side", ONE).read_bytes()[:5000])
    with pytest.raises(EvidenceError, match="cannot be read"):
        compare(build("side", ONE), other)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Path]:
    """A database that another process has open for writing."""
    file = tmp_path / "held.duckdb"
    code = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); c.execute('CREATE TABLE t AS SELECT 1 AS id');"
        "print('open', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, str(file)], stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield file
        process.communicate()


def test_a_database_that_another_process_writes_is_refused_clearly(build: Build, holder: Path) -> None:
    with pytest.raises(EvidenceError, match="in use") as caught:
        compare(build("side", ONE), holder)
    assert "copy" in caught.value.remedy


def test_a_database_that_this_process_writes_is_refused_clearly(build: Build) -> None:
    left, right = build("left", ONE), build("right", ONE)
    with duckdb.connect(right), pytest.raises(EvidenceError, match="in use"):
        compare(left, right)


def test_rows_that_are_only_in_the_write_ahead_log_count(build: Build, tmp_path: Path) -> None:
    left, right = build("left", ONE), tmp_path / "crashed" / "right.duckdb"
    right.parent.mkdir()
    with duckdb.connect(tmp_path / "right.duckdb") as connection:
        connection.execute("SET wal_autocheckpoint = '1TB'")
        connection.execute(ONE + " UNION ALL SELECT 2, 2025")
        for suffix in ("", ".wal"):
            shutil.copy(tmp_path / f"right.duckdb{suffix}", f"{right}{suffix}")
    assert compare(left, right).tables[0].only_right == 1


def test_folders_of_all_kinds_of_files(tmp_path: Path) -> None:
    for side, value in (("left", 1), ("right", 2)):
        folder = tmp_path / side
        for kind, options in (
            ("parquet", ""),
            ("csv", "(HEADER)"),
            ("json", ""),
            ("tsv", "(HEADER, DELIMITER '\t')"),
        ):
            write(folder / "same" / f"{kind}s.{kind}", "SELECT 1 AS a, 'x, y' AS b", options)
            write(folder / f"{kind}s.{kind}", f"SELECT {value} AS a, 2025 AS year", options)
        write(folder / "zipped.csv.gz", f"SELECT {value} AS a", "(HEADER)")
        with duckdb.connect(folder / "base.duckdb") as connection:
            connection.execute(f"CREATE TABLE t AS SELECT {value} AS a; CREATE TABLE u AS SELECT 1 AS a")
        (folder / "notes.txt").write_text(side)
        (folder / ".hidden.csv").write_text(side)
    assert verdicts(compare(tmp_path / "left", tmp_path / "right")) == {
        "base/t": "different",
        "base/u": "equal",
        "csvs": "different",
        "jsons": "different",
        "parquets": "different",
        "tsvs": "different",
        "zipped": "different",
        "same/csvs": "equal",
        "same/jsons": "equal",
        "same/parquets": "equal",
        "same/tsvs": "equal",
    }


def test_csv_is_compared_as_text(tmp_path: Path) -> None:
    texts = {
        "number": ("a\n1\n", "a\n1.0\n"),
        "quotes": ('a\n"1"\n', "a\n1\n"),
        "null": ("a,b\n1,\n", 'a,b\n1,""\n'),
        "word": ("a,b\n1,NULL\n", "a,b\n1,\n"),
        "order": ("a,b\n1,2\n", "b,a\n2,1\n"),
        "zeros": ("a\n007\n", "a\n7\n"),
    }
    for name, sides in texts.items():
        for side, text in zip(("left", "right"), sides, strict=True):
            (tmp_path / side).mkdir(exist_ok=True)
            (tmp_path / side / f"{name}.csv").write_text(text)
    assert verdicts(compare(tmp_path / "left", tmp_path / "right")) == {
        "null": "different",
        "number": "different",
        "order": "equal",
        "quotes": "equal",
        "word": "different",
        "zeros": "different",
    }


def test_a_partitioned_folder_is_one_table(tmp_path: Path) -> None:
    for side, last in (("left", 3), ("right", 4)):
        for year in (2025, 2026):
            target = tmp_path / side / "events" / f"year={year}" / f"part-{side}.parquet"
            write(target, f"SELECT i AS id, {last if year == 2026 else 0} AS v FROM range(3) AS r(i)")
    (found,) = compare(tmp_path / "left", tmp_path / "right").tables
    assert (found.name, found.verdict, found.years, found.columns) == ("events", "different", (2026,), ("v",))


def test_single_data_files(tmp_path: Path) -> None:
    for name, value in (("a", 1), ("b", 1), ("c", 2)):
        write(tmp_path / f"{name}.parquet", f"SELECT {value} AS v")
    assert compare(tmp_path / "a.parquet", tmp_path / "b.parquet").equal
    assert verdicts(compare(tmp_path / "a.parquet", tmp_path / "c.parquet")) == {"table": "different"}


def test_a_folder_with_one_database_is_that_database(build: Build, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    shutil.copy(build("side", ONE), folder / "other_name.duckdb")
    assert verdicts(compare(build("side", ONE), folder)) == {"t": "equal"}


def test_a_folder_without_data_and_a_name_given_twice(build: Build, tmp_path: Path) -> None:
    empty, twice = tmp_path / "empty", tmp_path / "twice"
    empty.mkdir()
    with pytest.raises(EvidenceError, match="no data file"):
        compare(build("side", ONE), empty)
    write(twice / "t.parquet", "SELECT 1 AS a")
    write(twice / "t.csv", "SELECT 1 AS a")
    with pytest.raises(EvidenceError, match="both named t"):
        compare(build("side", ONE), twice)


def test_no_table_at_all_is_no_pass(build: Build) -> None:
    with pytest.raises(EvidenceError, match="no table"):
        compare(build("left", "SELECT 1"), build("right", "SELECT 1"))


def at_home(folder: Path, value: int) -> Path:
    """A database as DuckDB before 1.4 wrote it: its view names the database itself (`simulation`)."""
    folder.mkdir()
    file = folder / "simulation.duckdb"
    with duckdb.connect(folder / "other.duckdb") as other:
        other.execute(f"ATTACH '{file}' AS simulation; CREATE TABLE simulation.t AS SELECT 1 AS a")
        other.execute("CREATE VIEW v AS SELECT * FROM simulation.main.t")
        other.execute(f"CREATE TABLE t AS SELECT {value} AS a; DETACH simulation")
    shutil.move(folder / "other.duckdb", file)
    return file


def test_a_view_that_names_its_own_database_is_read_under_that_name(tmp_path: Path) -> None:
    left, same, other = (at_home(tmp_path / name, value) for name, value in (("a", 5), ("b", 5), ("c", 6)))
    assert verdicts(compare(left, same)) == {"t": "equal", "v": "equal"}
    report = compare(left, other)
    assert verdicts(report) == {"t": "different", "v": "different"}
    assert report.tables[1].samples[0].right == {"a": "6"}


def test_a_view_that_cannot_be_read_is_an_error_and_hides_no_other_table(
    build: Build, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.csv"
    gone.write_text("a\n1\n")
    view = f"CREATE VIEW v AS SELECT * FROM read_csv('{gone}');" + ONE
    left, right = build("left", view), build("right", view)
    gone.unlink()
    report = compare(left, right)
    assert verdicts(report) == {"t": "equal", "v": "error"}
    assert "gone.csv" in report.tables[1].reason
    assert not report.decided


def test_a_view_that_fails_while_it_is_read_is_an_error(build: Build) -> None:
    view = "CREATE TABLE t AS SELECT 'x' AS a; CREATE VIEW v AS SELECT a::INTEGER AS a FROM t"
    report = compare(build("left", view), build("right", view))
    assert verdicts(report) == {"t": "equal", "v": "error"}


def test_a_view_that_differs_from_itself_is_not_equal(build: Build) -> None:
    view = "CREATE TABLE t AS SELECT i FROM range(1000) AS r(i); CREATE VIEW v AS SELECT random() AS a FROM t"
    assert verdicts(compare(build("left", view), build("right", view))) == {"t": "equal", "v": "different"}
