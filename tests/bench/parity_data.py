"""Two sides of 12 mixed columns, B shuffled, and 66 tables of six years: what area_parity.py compares."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = """i AS id, 2025 + i % 6 AS simulation_year, hash(i) % 1000 AS department,
(hash(i + 1) % 1000000)::BIGINT AS big, {salary} AS salary,
((hash(i + 3) % 10000000) / 1000.0)::DECIMAL(12, 3) AS amount,
DATE '2000-01-01' + (hash(i + 4) % 9000)::INTEGER AS hired,
TIMESTAMP '2020-01-01' + INTERVAL (hash(i + 5) % 100000000) SECOND AS seen,
'name-' || (hash(i + 6) % 100000) AS name,
CASE WHEN i % 10 = 0 THEN NULL ELSE 'status ' || i % 7 END AS status, i % 2 = 0 AS active, {ratio} AS ratio"""
SALARY = "((hash(i + 2) % 10000000) / 100.0)::DOUBLE"
RATIO = "(hash(i + 7) % 1000) / 7.0"
CASES = {
    "identical": {},
    "0.1 % of rows changed": {"salary": f"{SALARY} + CASE WHEN i % 1000 = 7 THEN 1 ELSE 0 END"},
    "float noise in every row": {
        "salary": f"{SALARY} * (1 + 1e-12 * (1 + hash(i + 50) % 100))",
        "ratio": f"{RATIO} * (1 + 1e-12 * (1 + hash(i + 51) % 100))",
    },
}


def sides(folder: Path, rows: int, case: str) -> tuple[Path, Path]:
    """Both files of a case, made once."""
    left = folder / f"a_{rows}.duckdb"
    right = folder / f"{case.split(maxsplit=1)[0].replace('.', '_')}_{rows}.duckdb"
    for file, changes, order in ((left, {}, ""), (right, CASES[case], "ORDER BY hash(i + 99)")):
        if not file.exists():
            chosen = COLUMNS.format(**{"salary": SALARY, "ratio": RATIO, **changes})
            with duckdb.connect(file) as connection:
                connection.execute("SET enable_progress_bar = false")
                connection.execute(f"CREATE TABLE t AS SELECT {chosen} FROM range({rows}) AS r(i) {order}")
    return left, right


def many(folder: Path) -> tuple[Path, Path]:
    """66 tables of six years of 3,000 rows."""
    files = folder / "many_a.duckdb", folder / "many_b.duckdb"
    chosen = COLUMNS.format(salary=SALARY, ratio=RATIO)
    for file, order in zip(files, ("", "ORDER BY hash(i + 99)"), strict=True):
        if not file.exists():
            with duckdb.connect(file) as connection:
                for number in range(66):
                    connection.execute(
                        f"CREATE TABLE t{number} AS SELECT {chosen} "
                        f"FROM range({18_000 + number}) AS r(i) {order}"
                    )
    return files
