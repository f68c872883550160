"""Frames in memory, globs, and databases of other kinds."""

# ruff: noqa: E501 - a case is a row of a table, and is read as one

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from migrate.errors import EvidenceError
from validation.parity import compare


def test_frames_of_all_kinds_are_compared() -> None:
    one = pd.DataFrame({"id": [1, 2, 3], "v": [1.5, float("nan"), 2.0], "t": ["a", None, "b"]})
    arrow = pa.table({"id": pa.array([3, 1, 2]), "v": [2.0, 1.5, float("nan")], "t": ["b", "a", None]})
    assert compare({"t": one}, {"t": one.copy()}).equal
    assert compare({"t": one}, {"t": arrow}).equal
    missing = pa.table({"id": [3, 1, 2], "v": pa.array([2.0, 1.5, None]), "t": ["b", "a", None]})
    found = compare({"t": one}, {"t": missing}).tables[0]
    assert (found.verdict, found.columns, found.only_left) == ("different", ("v",), 1)


def test_a_frame_against_a_database(tmp_path: Path) -> None:
    file = tmp_path / "x.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1::BIGINT AS id, 'a' AS v")
    assert compare(file, {"t": pd.DataFrame({"id": [1], "v": ["a"]})}).equal
    assert not compare(file, {"t": pd.DataFrame({"id": [1], "v": ["A"]})}).equal


def test_what_is_no_frame_or_the_same_frame_is_refused() -> None:
    frame = pa.table({"a": [1]})
    with pytest.raises(EvidenceError, match="not a frame"):
        compare({"t": frame}, {"t": [1]})
    with pytest.raises(EvidenceError, match="same frame"):
        compare({"t": frame}, {"u": frame})


DAY = pd.Timedelta("1D")
FRAMES = [
    ("the name of an index makes it a column", pd.DataFrame({"v": [1]}, index=pd.Index([1], name="id")), pd.DataFrame({"v": [1]}, index=pd.Index([2], name="id")), "different"),
    ("an index without a name is a place", pd.DataFrame({"v": [1]}, index=[1]), pd.DataFrame({"v": [1]}, index=[2]), "equal"),
    ("a nanosecond of a duration", pd.DataFrame({"v": [DAY]}), pd.DataFrame({"v": [DAY + pd.Timedelta(1, "ns")]}), "schema"),
    ("durations", pd.DataFrame({"v": [DAY]}), pd.DataFrame({"v": [pd.Timedelta("24h")]}), "equal"),
    ("numbers of 16 bits", pa.table({"v": pa.array([1.5], pa.float16())}), pa.table({"v": pa.array([2.5], pa.float16())}), "different"),
    ("sparse columns", pd.DataFrame({"v": pd.arrays.SparseArray([0.0, 1.0])}), pd.DataFrame({"v": pd.arrays.SparseArray([0.0, 2.0])}), "different"),
    ("integers that may be missing", pd.DataFrame({"v": pd.array([1, None], dtype="Int64")}), pd.DataFrame({"v": pd.array([1, 0], dtype="Int64")}), "different"),
    ("a category is its text", pd.DataFrame({"v": pd.Categorical(["a"], categories=["b", "a"])}), pd.DataFrame({"v": ["a"]}), "equal"),
    ("a reader of batches", pa.table({"v": [1]}).to_reader(), pa.table({"v": [2]}).to_reader(), "different"),
    ("a query of DuckDB's", duckdb.sql("SELECT 1 AS v"), duckdb.sql("SELECT 2 AS v"), "different"),
    ("slices of one table", pa.table({"v": [1, 2]}).slice(0, 1), pa.table({"v": [1, 2]}).slice(1, 1), "different"),
]  # fmt: skip


def test_frames_of_odd_kinds() -> None:
    left, right = ({case[0]: case[side] for case in FRAMES} for side in (1, 2))
    found = {t.name: t.verdict for t in compare(left, right).tables}
    assert found == {case[0]: case[3] for case in FRAMES}


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame({"v": [1, "x"]}), pd.DataFrame({"v": [1j]}), pd.DataFrame({"v": [2**70]})],
    ids=["mixed objects", "complex numbers", "objects beyond 64 bits"],
)
def test_what_a_frame_cannot_tell_is_refused_with_a_sentence(frame: pd.DataFrame) -> None:
    with pytest.raises(EvidenceError, match="t cannot be compared"):
        compare({"t": frame}, {"t": frame.copy()})


def test_a_glob_is_one_table(tmp_path: Path) -> None:
    for side in ("left", "right"):
        (tmp_path / side).mkdir()
        for number in (1, 2):
            name = tmp_path / side / f"{number if side == 'left' else 3 - number}.parquet"
            duckdb.sql(f"SELECT {number} AS v").write_parquet(str(name))
    assert compare(tmp_path / "left" / "*.parquet", tmp_path / "right" / "*.parquet").equal
    assert not compare(tmp_path / "left" / "1*.parquet", tmp_path / "right" / "*.parquet").equal
    with pytest.raises(EvidenceError, match="no such file"):
        compare(tmp_path / "left" / "*.csv", tmp_path / "right" / "*.parquet")


def test_sqlite_is_attached_or_refused_with_a_sentence(tmp_path: Path) -> None:
    files = []
    for side in ("left", "right"):
        files.append(tmp_path / f"{side}.sqlite")
        connection = sqlite3.connect(files[-1])
        connection.executescript(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a')"
        )
        connection.close()
    if installed():
        assert compare(*files).equal
    else:
        with pytest.raises(EvidenceError, match="extension") as caught:
            compare(*files)
        assert "Parquet" in str(caught.value.remedy)


def installed() -> bool:
    with duckdb.connect() as connection:
        connection.execute("SET autoinstall_known_extensions = false")
        try:
            connection.execute("LOAD sqlite")
        except duckdb.Error:
            return False
    return True
