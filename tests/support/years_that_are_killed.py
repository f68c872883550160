"""Run years in order and kill the process group at random moments; say whether anything was lost.

usage: years_that_are_killed.py FOLDER KILLS FULL SEED [DISKS]

PREFECT_API_URL must be set and prefect_support importable.

KILLS times the process group is killed with SIGKILL, as in a power cut; FULL times a disk is full: a run may
write no file beyond a random size (RLIMIT_FSIZE), so the database, a copy or a report ends in the middle.
DISKS times it is a real one: a file system of random size is mounted (root only), fills up, and grows.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect_support.backfill import in_order

YEARS = tuple(str(year) for year in range(2025, 2031))
SQL = """
create table if not exists people(year int, id bigint, pay double);
delete from people where year = $year;
insert into people
  select $year, coalesce(max(id), 0) + 1, 1000.0 from people where year = $year - 1
  union all select $year, id, pay * 1.03 from people where year = $year - 1;
"""


@task(cache_policy=NO_CACHE)
def grow(partition_key: str) -> None:
    with duckdb.connect(os.environ["YEARS_DB"]) as connection:
        for statement in SQL.split(";")[:-1]:
            named = {"year": int(partition_key)} if "$year" in statement else None
            connection.execute(statement, named)
            time.sleep(0.01)


@task(cache_policy=NO_CACHE)
def report(partition_key: str) -> None:
    folder = Path(os.environ["YEARS_STORE"])
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(os.environ["YEARS_DB"]) as connection:
        (rows,) = connection.execute("select count(*) from people").fetchone() or (0,)
    (folder / f"{partition_key}.json").write_text(json.dumps({"rows": rows}))


@flow
def one_year(partition_key: str) -> None:
    grow(partition_key)
    report(partition_key)


@flow
def all_years() -> Any:
    return in_order(one_year, YEARS, state=("YEARS_DB", "YEARS_STORE"), inputs=(Path(__file__),))


def child(folder: Path, room: int | None = None) -> int:
    """A process group of its own that runs all years; `room`: bytes that fit into a file."""
    pid = os.fork()
    if pid:
        return pid
    os.setpgid(0, 0)
    if room is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as on a full disk: an error, not a signal
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    os.environ.update(YEARS_DB=str(folder / "years.duckdb"), YEARS_STORE=str(folder / "store"))
    sys.stdout = sys.stderr = (folder / "log").open("a")
    os._exit(0 if all_years(return_state=True).is_completed() else 1)


def wait(pid: int, seconds: float | None = None) -> int | None:
    """The exit status; None when it was still running after these seconds, and killed."""
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        if end is not None and time.monotonic() >= end:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return None
        time.sleep(0.005)


def tables(folder: Path, last: int | None = None) -> Any:
    """All rows and reports, or those up to a year."""
    with duckdb.connect(str(folder / "years.duckdb"), read_only=True) as connection:
        rows = connection.execute("select * from people order by all").fetchall()
    store = folder / "store"
    reports = sorted((file.name, file.read_text()) for file in store.iterdir()) if store.is_dir() else []
    if last is not None:
        rows = [row for row in rows if row[0] <= last]
        reports = [report for report in reports if int(report[0][:4]) <= last]
    return rows, reports


def digest(folder: Path) -> str:
    """SHA-256 of all rows, in order, and of all reports: values as DuckDB spells them."""
    return hashlib.sha256(repr(tables(folder)).encode()).hexdigest()


def last_year(folder: Path) -> int:
    return int(max(row[0] for row in tables(folder)[0]))


def seeded(folder: Path) -> Path:
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "years.duckdb")) as connection:
        connection.execute("create table people(year int, id bigint, pay double)")
        connection.execute("insert into people select 2024, range, 1000 + range from range(1, 500)")
    return folder


def judge(folder: Path, undisturbed: Path) -> None:
    """What is live now is what the last finished year left behind, row for row."""
    if not (folder / "years.duckdb.partitions" / "showing").exists():
        expected = tables(undisturbed, last_year(folder))
        assert tables(folder) == expected, "the live files hold half a year"


def disturbed(
    folder: Path, undisturbed: Path, draw: random.Random, left: dict[str, int], whole: float
) -> None:
    """Disturb the years of a folder until they end in spite of it."""
    size = (undisturbed / "years.duckdb").stat().st_size
    while left["kills"] or left["full"]:
        if draw.randrange(left["kills"] + left["full"]) < left["kills"]:
            if wait(child(folder), draw.uniform(0, whole)) is not None:
                return
            left["kills"] -= 1
        else:
            if wait(child(folder, draw.randrange(4096, size))) == 0:
                return
            left["full"] -= 1
        judge(folder, undisturbed)


def mount(folder: Path, options: str) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=True)


def on_a_real_disk(disk: Path, undisturbed: Path, draw: random.Random) -> bool:
    """Whether the years ran into the end of a small file system; with more room they end as they should."""
    needed = sum(file.stat().st_size for file in undisturbed.rglob("*") if file.is_file())
    begins = (undisturbed / "years.duckdb").stat().st_size
    mount(disk, f"size={draw.randrange(2 * begins, needed)}")
    try:
        folder = seeded(disk / "years")
        filled = wait(child(folder)) != 0
        if filled:
            judge(folder, undisturbed)
        mount(disk, "remount,size=256m")
        assert wait(child(folder)) == 0, (folder / "log").read_text()[-3000:]
        assert digest(folder) == digest(undisturbed), f"{folder} ended differently"
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
    return filled


def main(root: Path, kills: int, full: int, seed: int, disks: int = 0) -> int:
    undisturbed, started = seeded(root / "undisturbed"), time.monotonic()
    assert wait(child(undisturbed)) == 0, (undisturbed / "log").read_text()[-3000:]
    whole, draw, rounds = time.monotonic() - started, random.Random(seed), 0
    left = {"kills": kills, "full": full}
    while left["kills"] or left["full"]:
        folder, rounds = seeded(root / f"round-{rounds}"), rounds + 1
        disturbed(folder, undisturbed, draw, left, whole)
        assert wait(child(folder)) == 0, (folder / "log").read_text()[-3000:]
        assert digest(folder) == digest(undisturbed), f"{folder} ended differently"
        shutil.rmtree(folder)
    filled = sum(on_a_real_disk(root / "disk", undisturbed, draw) for _ in range(disks))
    said = {"kills": kills, "full": full, "rounds": rounds, "undisturbed_seconds": round(whole, 2)}
    said["filled"] = filled
    print(json.dumps(said | {"sha256": digest(undisturbed)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:6])))
