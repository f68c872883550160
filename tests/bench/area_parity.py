"""Parity: CPU seconds and peak memory against a bare full outer join of the keys, and the peers.

Every measurement is a process of its own, interleaved; the ratio is that of one run. Rows: 1 million, and 10
million with PARITY_ROWS=10000000 (changeover and EXCEPT only, unless PARITY_PEERS=all).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from parity_data import CASES, many, sides
from row import Row, medians, with_ratios

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "build" / "bench-parity"
FLOOR = "key-only full outer join"
LIMIT = "500MB"
SLOW = ("datacompy (polars)", "pandas merge", "polars join")
# The extra `bench`: peers that are not installed are left out of the table.
NEEDS = {"datacompy (polars)": ("datacompy", "polars"), "polars join": ("polars",)}
WHY = "frames of the whole table, 0.8 to 1.2 GB of memory for each million rows, where 500 MB are allowed"
SUBJECTS = (FLOOR, "changeover", "EXCEPT both ways", *SLOW)


def measure(years: Sequence[int], repeat: int) -> list[Row]:
    """Rows of all cases; `years` is not looked at."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    there = tuple(s for s in SUBJECTS if all(find_spec(m) for m in NEEDS.get(s, ())))
    for number in (int(n) for n in os.environ.get("PARITY_ROWS", "1000000").split(",")):
        subjects = there
        if number > 1_000_000 and os.environ.get("PARITY_PEERS") != "all":
            subjects = tuple(s for s in there if s not in SLOW)
            print(f"left out at {number:,} rows (PARITY_PEERS=all runs them): {', '.join(SLOW)}: {WHY}")
        for case in CASES:
            files = sides(FOLDER, number, case)
            rows += measured(f"{number:,} rows, {case}", subjects, files, "t", repeat)
    rows += measured("66 tables of 6 years of 3,000 rows", ("changeover",), many(FOLDER), "", repeat)
    return with_ratios(rows, FLOOR)


def measured(
    case: str, subjects: Sequence[str], files: tuple[Path, Path], table: str, repeat: int
) -> list[Row]:
    """The medians of interleaved repetitions."""
    rows = []
    for _ in range(max(3, repeat)):
        for subject in subjects:
            command = [sys.executable, str(HERE / "parity_once.py"), subject, *map(str, files), table, case]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout.splitlines()[-1])
            rows.append(Row("parity", case, subject, "CPU", found["cpu"], "s"))
            rows.append(Row("parity", case, subject, "peak", found["peak"], "MB"))
    return medians(rows)
