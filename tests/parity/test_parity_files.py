"""Files: what a reader would guess must neither hide a difference nor make one."""

# ruff: noqa: E501 - a case is a row of a table, and is read as one

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from validation.parity import compare


def names(last: int) -> str:
    """A row of 300 names."""
    return "{" + ",".join(f'"k{n}":{last if n == 299 else 0}' for n in range(300)) + "}"


CSV = [
    ("a line like a remark", "a,b\n1,x\n#2,y\n", "a,b\n1,x\n#9,y\n", "different"),
    ("what stands after a hash", "a,b\n1,x#1\n3,z\n", "a,b\n1,x#2\n3,z\n", "different"),
    ("a title above the names", "x\na,b\n1,2\n", "y\na,b\n1,2\n", "error"),
    ("a cell too few", "a,b\n1,2\n3\n", "a,b\n1,2\n3,\n", "error"),
    ("a cell too many", "a,b\n1,2\n3,4,5\n", "a,b\n1,2\n3,4,6\n", "error"),
    ("a blank before a value", "a,b\n1, x\n", "a,b\n1,x\n", "different"),
    ("a blank after a value", "a,b\n1,x \n", "a,b\n1,x\n", "different"),
    ("a blank before a name", "a, b\n1,x\n", "a,b\n1,x\n", "schema"),
    ("a name twice", "a,a\n1,2\n", "a,a\n1,3\n", "different"),
    ("a name twice against a number at its end", "a,a\n1,2\n", "a,a_1\n1,2\n", "schema"),
    ("names that differ in case", "a,A\n1,2\n", "a,A\n1,3\n", "different"),
    ("names that are numbers", "1,2\n3,4\n", "1,9\n3,4\n", "schema"),
    ("quotes that are none of CSV's", "a,b\n'1','x'\n", "a,b\n1,x\n", "different"),
    ("quotes", 'a,b\n"1","x"\n', "a,b\n1,x\n", "equal"),
    ("a quote in quotes", 'a,b\n1,"x""y"\n', 'a,b\n1,"x""z"\n', "different"),
    (
        "quotes late in the file",
        "a,b\n" + "1,2\n" * 9000 + '1,"x"\n',
        "a,b\n" + "1,2\n" * 9000 + "1,x\n",
        "equal",
    ),
    (
        "a line's end in quotes late in the file",
        "a,b\n" + "1,2\n" * 9000 + '1,"x\nz"\n',
        "a,b\n" + "1,2\n" * 9000 + '1,"x\ny"\n',
        "different",
    ),
    ("line ends of both kinds", "a,b\r\n1,x\r\n", "a,b\n1,x\n", "equal"),
    ("line ends within a value", 'a,b\n1,"x\ny"\n', 'a,b\n1,"x\r\ny"\n', "different"),
    ("a byte order mark", "\ufeffa,b\n1,x\n", "a,b\n1,x\n", "equal"),
    ("no line end at the end", "a,b\n1,x", "a,b\n1,x\n", "equal"),
    ("an empty line is a value where there is one column", "a\n1\n\n2\n", "a\n1\n2\n", "different"),
    ("an empty line is none where there are two", "a,b\n1,1\n\n2,2\n", "a,b\n1,1\n2,2\n", "equal"),
    ("names of no rows", "a,b\n", "a,c\n", "schema"),
    ("an empty file", "", "", "error"),
    ("commas in the only column", 'a\n"1,2"\n', 'a\n"1,3"\n', "different"),
    ("semicolons", "a;b\n1;2\n", "a,b\n1,2\n", "equal"),
    ("zeros at the end of a number", "a\n1.0\n", "a\n1.00\n", "different"),
]
JSON = [
    ("digits beyond 64 bits", '{"a":18446744073709551616}', '{"a":18446744073709551617}', "different"),
    ("2**53 + 1 beside a fraction", '{"a":9007199254740993}\n{"a":0.5}', '{"a":9007199254740992}\n{"a":0.5}', "different"),
    ("a date's spelling", '{"a":"2025-01-01"}', '{"a":"2025-1-1"}', "different"),
    ("a timestamp's spelling", '{"a":["2025-01-01T00:00:00"]}', '{"a":["2025-01-01 00:00:00"]}', "different"),
    ("a uuid's case", '{"a":{"u":"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"}}', '{"a":{"u":"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}}', "different"),
    ("a number or its text", '{"a":1}', '{"a":"1"}', "schema"),
    ("null or no name", '{"a":1,"b":null}\n{"b":1}', '{"a":1}\n{"b":1}', "equal"),
    ("minus zero", '{"a":-0.0}', '{"a":0.0}', "different"),
    ("an array of rows or lines", '[{"a":1},{"a":2}]', '{"a":1}\n{"a":2}', "equal"),
    ("the order of names", '{"a":1,"b":2}', '{"b":2,"a":1}', "equal"),
    ("the last of 300 names", names(1), names(2), "different"),
    ("names that differ in case", '{"m":1,"M":2}', '{"m":1,"M":3}', "different"),
    ("bare values", "1\n2\n", "1\n3\n", "different"),
    ("values of many kinds", '{"a":[1,"a"]}', '{"a":[1,"b"]}', "different"),
    ("a broken line", '{"a":1}\n{"a":\n', '{"a":1}', "error"),
]  # fmt: skip


def laid(folder: Path, files: Mapping[str, str]) -> Path:
    """Files by their paths: text, or a query whose rows are a Parquet file."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("SELECT"):
            duckdb.sql(f"COPY ({text}) TO '{file}' (FORMAT parquet)")
        else:
            file.write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All single files at once: each is a table of its side's folder."""
    folder = tmp_path_factory.mktemp("files")
    for place, side in ((1, "left"), (2, "right")):
        for ending, cases in (("csv", CSV), ("json", JSON)):
            laid(folder / side, {f"{ending}/{case[0]}.{ending}": case[place] for case in cases})
    report = compare(folder / "left", folder / "right")
    return {t.name: t.verdict for t in report.tables}


@pytest.mark.parametrize("case", CSV, ids=lambda c: c[0])
def test_every_kind_of_csv_file(case: tuple[str, str, str, str], verdicts: dict[str, str]) -> None:
    assert verdicts[f"csv/{case[0]}"] == case[3]


@pytest.mark.parametrize("case", JSON, ids=lambda c: c[0])
def test_every_kind_of_json_file(case: tuple[str, str, str, str], verdicts: dict[str, str]) -> None:
    assert verdicts[f"json/{case[0]}"] == case[3]


FIRST = {"t/a.parquet": "SELECT 1 AS x, 2 AS y"}
YEAR = {"t/year=2025/a.parquet": "SELECT 1 AS x"}
MANY = {f"t/{n:03}.json": '{"a":1}' for n in range(40)}
TABLES = [
    ("a column of the second file only", FIRST | {"t/b.parquet": "SELECT 1 AS x, 2 AS y, 1 AS z"}, FIRST | {"t/b.parquet": "SELECT 1 AS x, 2 AS y, 2 AS z"}, "t/*.parquet", "different"),
    ("fractions of the second file only", FIRST | {"t/b.parquet": "SELECT 1.5 AS x, 2 AS y"}, FIRST | {"t/b.parquet": "SELECT 1.6 AS x, 2 AS y"}, "t/*.parquet", "different"),
    ("columns of the second file in another order", FIRST | {"t/b.parquet": "SELECT 3 AS y, 4 AS x"}, FIRST | {"t/b.parquet": "SELECT 4 AS x, 3 AS y"}, "t/*.parquet", "equal"),
    ("columns of a CSV file in another order", {"t/a.csv": "x,y\n1,2\n", "t/b.csv": "y,x\n3,4\n"}, {"t/a.csv": "x,y\n1,2\n", "t/b.csv": "x,y\n4,3\n"}, "t/*.csv", "equal"),
    ("a column of the second CSV file only", {"t/a.csv": "x\n1\n", "t/b.csv": "x,y\n2,3\n"}, {"t/a.csv": "x\n1\n", "t/b.csv": "x,y\n2,4\n"}, "t/*.csv", "different"),
    ("a name of the 41st JSON file only", MANY | {"t/9.json": '{"a":1,"z":1}'}, MANY | {"t/9.json": '{"a":1,"z":2}'}, "t/*.json", "different"),
    ("a column of one year only", YEAR | {"t/year=2026/a.parquet": "SELECT 1 AS x, 5 AS z"}, YEAR | {"t/year=2026/a.parquet": "SELECT 1 AS x, 6 AS z"}, "", "different"),
    ("a year's rows in two files", YEAR | {"t/year=2025/b.parquet": "SELECT 2 AS x"}, {"t/year=2025/c.parquet": "SELECT 2 AS x UNION ALL SELECT 1"}, "", "equal"),
    ("a year that a pattern finds", {"year=2025/a.parquet": "SELECT 1 AS x"}, {"year=2026/a.parquet": "SELECT 1 AS x"}, "*/a.parquet", "different"),
    ("a pattern's signs in a name", {"a[1].parquet": "SELECT 1 AS x", "a1.parquet": "SELECT 9 AS x"}, {"a[1].parquet": "SELECT 2 AS x", "a1.parquet": "SELECT 9 AS x"}, "", "different"),
    ("NaN's sign beside text", {"t.parquet": "SELECT {'a': 'nan'::DOUBLE, 'b': 'x'} AS v"}, {"t.parquet": "SELECT {'a': -('nan'::DOUBLE), 'b': 'x'} AS v"}, "", "equal"),
    ("names of a TSV file with commas", {"t.tsv": "a,x\tb\n1,2\t3,4\n"}, {"t.tsv": "b\ta,x\n3,4\t1,2\n"}, "", "equal"),
]  # fmt: skip


@pytest.mark.parametrize("case", TABLES, ids=lambda c: c[0])
def test_many_files_are_one_table(
    case: tuple[str, dict[str, str], dict[str, str], str, str], tmp_path: Path
) -> None:
    left, right = (laid(tmp_path / str(n), case[n]) / case[3] for n in (1, 2))
    report = compare(left, right)
    assert report.equal == (case[4] == "equal")
    assert {t.verdict for t in report.tables} <= {"equal", case[4]}


@pytest.mark.parametrize("side", ["t.parquet", "", "year=2025/*.parquet", "year=*/*.parquet"])
def test_what_stands_above_a_side_is_no_column_of_it(side: str, tmp_path: Path) -> None:
    """Two runs below `run=1` and `run=2` hold the same."""
    for run in ("run=1", "run=2"):
        rows = {
            "t.parquet": "SELECT 1 AS x",
            "year=2025/a.parquet": "SELECT 1 AS x",
            "u/year=2025/a.csv": "x\n1\n",
        }
        laid(tmp_path / run, rows if side else {"t.csv": "x\n1\n", "u/year=2025/a.parquet": "SELECT 1 AS x"})
    report = compare(tmp_path / "run=1" / side, tmp_path / "run=2" / side)
    assert report.equal
    years = {t.name: t.year_column for t in report.tables}
    assert years == ({"t": None, "u": "year"} if not side else {"table": "year" if "*/" in side else None})


def test_compressed_files_are_read_by_the_same_rules(tmp_path: Path) -> None:
    for side, text in (("l", "a, b\n#1,2\n"), ("r", "a, b\n#1,3\n")):
        (tmp_path / side).mkdir()
        (tmp_path / side / "t.csv.gz").write_bytes(gzip.compress(text.encode()))
    (found,) = compare(tmp_path / "l", tmp_path / "r").tables
    assert (found.verdict, found.columns) == ("different", (" b",))


def test_files_that_no_reader_knows_are_named_as_left_out(tmp_path: Path) -> None:
    for side in ("l", "r"):
        laid(tmp_path / side, {"t.csv": "x\n1\n", "old/t.orc": side, "_SUCCESS": "", ".t.csv.crc": ""})
    report = compare(tmp_path / "l", tmp_path / "r")
    assert (report.equal, report.excluded) == (True, ("old/t.orc",))
