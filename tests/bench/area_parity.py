"""Parity: CPU seconds and peak memory against a bare full outer join of the keys, and the peers.

Every measurement is a process of its own, interleaved; the ratio is that of one run. All start alike, the
floor too: DuckDB and what a peer needs are imported before the clock starts; the connection is opened and
both files are attached after. Rows: 1 million, others with PARITY_ROWS=10000000. What takes more than
PARITY_SECONDS (60) of processor time, or more memory than is free, has a row that says so, and is not
asked again for as many rows; peers with frames run once from 2 million rows on.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from kept_runs import KeptRuns, Run, left_to_do
from parity_data import CASES, many, sides
from row import Row, medians, with_ratios

AREA = "parity"
HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "build" / "bench-parity"
FLOOR = "key-only full outer join"
LIMIT = "500MB"
SLOW = ("datacompy (polars)", "pandas merge", "polars join")
# The extra `bench`: peers that are not installed are left out of the table.
NEEDS = {"datacompy (polars)": ("datacompy", "polars"), "polars join": ("polars",)}
SECONDS = int(os.environ.get("PARITY_SECONDS", "60"))
SWEEP = "66 tables of 6 years of 3,000 rows"
SUBJECTS = (FLOOR, "changeover", "EXCEPT both ways", *SLOW)


def measure(
    years: Sequence[int], repeat: int, subjects: Sequence[str] = (), kept: KeptRuns | None = None
) -> list[Row]:
    """Rows of all cases; `years` is not looked at."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept, rows = kept or KeptRuns(), list[Row]()
    there = [s for s in SUBJECTS if all(find_spec(m) for m in NEEDS.get(s, ()))]
    there = [s for s in there if not subjects or s in subjects]
    for number in (int(n) for n in os.environ.get("PARITY_ROWS", "1000000").split(",")):
        once = SLOW if number > 2_000_000 else ()
        for case in CASES:
            files = sides(FOLDER, number, case)
            measured(kept, f"{number:,} rows, {case}", there, files, "t", repeat, once)
            rows += [row for run in kept.of(AREA, f"{number:,} rows, {case}") for row in run.rows]
    if "changeover" in there:
        measured(kept, SWEEP, ("changeover",), many(FOLDER), "", repeat)
    rows += [row for run in kept.of(AREA, SWEEP) for row in run.rows]
    return with_ratios(medians(rows), FLOOR)


def measured(
    kept: KeptRuns,
    case: str,
    subjects: Sequence[str],
    files: tuple[Path, Path],
    table: str,
    repeat: int,
    once: Sequence[str] = (),
) -> None:
    """Interleaved repetitions; subjects in `once`, and those that were ended, have only one."""
    for subject in left_to_do(kept, AREA, case, subjects, max(3, repeat)):
        size = case.partition(" ")[0]
        before = [r for r in kept.runs if r.subject == subject and r.case.startswith(f"{size} ")]
        ended = next((row for r in before for row in r.rows if row.note), None)
        here = any(r.case == case for r in before)
        if here and (ended or subject in once):
            continue
        if ended:
            cpu, peak, note = 0.0, 0.0, f"not run: {ended.note} before"
        else:
            command = [sys.executable, str(HERE / "parity_once.py"), subject, *map(str, files), table, case]
            cpu, peak, note = run(command)
        rows = (
            Row(AREA, case, subject, "CPU", cpu, "s", note=note),
            Row(AREA, case, subject, "peak", peak, "MB", note=note),
        )
        kept.add(Run(AREA, case, subject, rows))


def run(command: Sequence[str]) -> tuple[float, float, str]:
    """CPU seconds and MB of one process, and why it was ended, if it was."""
    free = held("/proc/meminfo", "MemAvailable") * 0.9
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = 0.0
        while process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
            peak = max(peak, held(f"/proc/{process.pid}/status", "VmRSS"))
            if peak > free:
                process.kill()
                process.wait()
                return 0.0, peak, f"out of memory ({free:,.0f} MB)"
        said = process.stdout.read() if process.stdout else ""
    if process.returncode == -signal.SIGXCPU:
        return SECONDS, peak, f"longer than {SECONDS} s"
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    found = json.loads(said.splitlines()[-1])
    return found["cpu"], found["peak"], ""


def held(file: str, name: str) -> float:
    """A figure of /proc in MB; 0 where the process is gone."""
    with contextlib.suppress(OSError):
        for line in Path(file).read_text(encoding="ascii").splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
    return 0.0
