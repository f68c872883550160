"""Tolerances at their edges: exact numbers are subtracted before they are rounded."""

from __future__ import annotations

from pathlib import Path

import duckdb

from migrate.config import Outputs
from validation.parity import compare

BIG, LAST = 2**100, "9" * 38
EDGES: list[tuple[str, object, object, float, float, bool]] = [
    ("HUGEINT", BIG, BIG + 1, 0.5, 0, False),
    ("HUGEINT", BIG, BIG + 1, 1, 0, True),
    ("HUGEINT", 2**127 - 1, -(2**127), 1, 0, False),
    ("UHUGEINT", 2**127, 2**127 + 2, 1, 0, False),
    ("UHUGEINT", 2**128 - 1, 2**128 - 2, 1, 0, True),
    ("DECIMAL(38,2)", "100000000000000000000000.00", "100000000000000000000000.02", 0.01, 0, False),
    ("DECIMAL(38,2)", "100000000000000000000000.00", "100000000000000000000000.01", 0.01, 0, True),
    ("DECIMAL(38,0)", LAST, f"-{LAST}", 1, 0, False),
    ("BIGINT", 2**53, 2**53 + 1, 0.5, 0, False),
    ("UBIGINT", 2**64 - 1, 2**64 - 2, 1, 0, True),
    ("DECIMAL(10,2)", "1.20", "1.30", 0.1, 0, True),
    ("DECIMAL(10,2)", "1.20", "1.31", 0.1, 0, False),
    ("DOUBLE", "1", "2.0000000000000004", 1, 0, False),
    ("DOUBLE", "100", "101", 0, 0.01, True),
    ("DOUBLE", "1e-320", "2e-320", 0, 1e-9, False),
    ("DOUBLE", "0", "5e-324", 0, 0.5, False),
    ("DOUBLE", "0", "5e-324", 1e-300, 0, True),
    ("FLOAT", "1e38", "-3e38", 1, 2, True),
]


def test_edges(tmp_path: Path) -> None:
    files = []
    for side in (1, 2):
        files.append(tmp_path / f"{side}.duckdb")
        with duckdb.connect(files[-1]) as connection:
            for number, edge in enumerate(EDGES):
                connection.execute(f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY, v {edge[0]})")
                connection.execute(f"INSERT INTO t{number} VALUES (1, {edge[side]}), (2, NULL)")
    wanted = [
        {"table": f"t{number}", "column": "v", "absolute": edge[3], "relative": edge[4], "reason": "why"}
        for number, edge in enumerate(EDGES)
    ]
    found = compare(*files, Outputs.model_validate({"database": "x", "tolerance": wanted}))
    verdicts = {t.name: t.verdict for t in found.tables}
    for number, edge in enumerate(EDGES):
        assert verdicts[f"t{number}"] == ("equal" if edge[5] else "different"), edge
