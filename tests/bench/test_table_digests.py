"""No benchmark reports figures of subjects that left different rows."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb
import pytest

SPEC = importlib.util.spec_from_file_location("table_digests", Path(__file__).parent / "table_digests.py")
assert SPEC
assert SPEC.loader
table_digests = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(table_digests)

ROWS = "select 1 as id, 'a' as name, 0.1 as rate union all select 2, null, 0.2"


def _left(folder: Path, rows: str, extra: str = "") -> object:
    file = folder / f"{abs(hash((rows, extra)))}.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"create table people as {rows}")
        if extra:
            connection.execute(extra)
    return table_digests.digests(file)


def test_order_of_rows_and_columns_and_the_moment_of_writing_do_not_count(tmp_path: Path) -> None:
    turned = f"select name, rate, id, now() as loaded_at from ({ROWS}) order by id desc"
    table_digests.agree({"floor": _left(tmp_path, ROWS), "other": _left(tmp_path, turned)})


@pytest.mark.parametrize(
    "rows",
    [
        "select 1 as id, 'a' as name, 0.1 as rate union all select 2, '', 0.2",
        "select 1 as id, 'a' as name, 0.1 as rate union all select 2, null, 0.21",
        f"{ROWS} union all select 2, null, 0.2",
        "select 1 as id, 'a' as name, 0.1 as rate",
        f"select *, 1 as more from ({ROWS})",
    ],
)
def test_another_row_value_or_column_is_named(tmp_path: Path, rows: str) -> None:
    with pytest.raises(SystemExit, match="other left other rows than floor in people"):
        table_digests.agree({"floor": _left(tmp_path, ROWS), "other": _left(tmp_path, rows)})


def test_a_table_too_many_is_named(tmp_path: Path) -> None:
    more = _left(tmp_path, ROWS, "create table more as select 1 as id")
    with pytest.raises(SystemExit, match="in more;"):
        table_digests.agree({"floor": _left(tmp_path, ROWS), "other": more})
