"""What a decision costs: 66 tables × 6 years of 3,000 rows, compared and judged by Great Expectations.

CPU seconds of one process each. Great Expectations' import stands apart: it is paid once, after the
comparison.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
from row import Row, medians, with_ratios

AREA = "gate"
TABLES, ROWS = 66, 3_000
PROGRAM = """
import json, sys, time
from pathlib import Path
left, right, folder, years = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), json.loads(sys.argv[4])
marks = [time.process_time()]
def mark():
    marks.append(time.process_time())
    return marks[-1] - marks[-2]
from validation.facts import Fact
from validation.parity import compare
took = {"import of the comparison": mark()}
report = compare(left, right, years=years, year_column="simulation_year").to_json()
assert report["equal"]
took["comparison"] = mark()
from validation import expectations
took["import of Great Expectations"] = mark()
facts = [
    Fact("parity", f"{t['name']}/{y['year']}", "equal", y["verdict"], float(y["verdict"] != "equal"))
    for t in report["tables"] for y in t["per_year"]
]
judged = expectations.decide(facts, {}, folder / "bare", docs=False)
took["verdict, results written"] = mark()
assert len(judged) == len(facts) == 66 * len(years) and all(j.passed for j in judged)
expectations.decide(facts, {}, folder / "docs")
took["verdict, results and Data Docs"] = mark()
print(json.dumps(took))
"""


def measure(years: tuple[int, ...], repeat: int) -> list[Row]:
    """Medians of `repeat` processes; ratios are to the comparison."""
    years = years if len(years) > 1 else tuple(range(2025, 2031))
    case = f"{TABLES} tables × {len(years)} years × {ROWS:,} rows"
    rows = []
    with tempfile.TemporaryDirectory(prefix="changeover-gate-") as place:
        folder = Path(place)
        for side in ("left", "right"):
            _database(folder / f"{side}.duckdb", years)
        for number in range(repeat):
            sides = [str(folder / f"{side}.duckdb") for side in ("left", "right")]
            command = [sys.executable, "-c", PROGRAM, *sides, str(folder / str(number)), json.dumps(years)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told = json.loads(done.stdout.splitlines()[-1])
            rows += [Row(AREA, case, name, "CPU", round(took, 3), "s") for name, took in told.items()]
    return with_ratios(medians(rows), "comparison")


def _database(file: Path, years: tuple[int, ...]) -> None:
    with duckdb.connect(str(file)) as connection:
        for number in range(TABLES):
            connection.execute(
                f"CREATE TABLE t{number} AS SELECT y AS simulation_year, 'E' || i AS employee, "
                "i * 1.5 AS pay, (i % 7)::INTEGER AS level, i % 3 = 0 AS active "
                f"FROM range({years[0]}, {years[-1] + 1}) r(y), range({ROWS}) s(i)"
            )
