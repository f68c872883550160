"""Parity: CPU seconds and peak memory against a bare full outer join of the keys, and the peers.

Every measurement is a process of its own, interleaved; the ratio is that of one run. All start alike, the
floor too: DuckDB and what a peer needs are imported before the clock starts; the connection is opened and
both files are attached after. Rows: 1 million, others with PARITY_ROWS=10000000. What takes more than
PARITY_SECONDS (300) of processor time, or more memory than is free, has a row that says so; peers with
frames run once from 2 million rows on.
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

from parity_data import CASES, many, sides
from row import Row, medians, with_ratios

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "build" / "bench-parity"
FLOOR = "key-only full outer join"
LIMIT = "500MB"
SLOW = ("datacompy (polars)", "pandas merge", "polars join")
# The extra `bench`: peers that are not installed are left out of the table.
NEEDS = {"datacompy (polars)": ("datacompy", "polars"), "polars join": ("polars",)}
SECONDS = int(os.environ.get("PARITY_SECONDS", "300"))
SUBJECTS = (FLOOR, "changeover", "EXCEPT both ways", *SLOW)


def measure(years: Sequence[int], repeat: int) -> list[Row]:
    """Rows of all cases; `years` is not looked at."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    there = tuple(s for s in SUBJECTS if all(find_spec(m) for m in NEEDS.get(s, ())))
    for number in (int(n) for n in os.environ.get("PARITY_ROWS", "1000000").split(",")):
        once = SLOW if number > 2_000_000 else ()
        for case in CASES:
            files = sides(FOLDER, number, case)
            rows += measured(f"{number:,} rows, {case}", there, files, "t", repeat, once)
    rows += measured("66 tables of 6 years of 3,000 rows", ("changeover",), many(FOLDER), "", repeat)
    return with_ratios(rows, FLOOR)


def measured(
    case: str,
    subjects: Sequence[str],
    files: tuple[Path, Path],
    table: str,
    repeat: int,
    once: Sequence[str] = (),
) -> list[Row]:
    """The medians of interleaved repetitions; subjects in `once` have only one."""
    rows = []
    for turn in range(max(3, repeat)):
        for subject in (s for s in subjects if not turn or s not in once):
            command = [sys.executable, str(HERE / "parity_once.py"), subject, *map(str, files), table, case]
            cpu, peak, note = run(command)
            rows.append(Row("parity", case, subject, "CPU", cpu, "s", note=note))
            rows.append(Row("parity", case, subject, "peak", peak, "MB", note=note))
    return medians(rows)


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
