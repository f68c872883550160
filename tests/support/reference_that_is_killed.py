"""Years of the reference itself, killed at random moments and run again: nothing may be lost.

usage: reference_that_is_killed.py FOLDER KILLS SEED YEAR [YEAR …]

PREFECT_API_URL must be set. SIGKILL to the whole process group, as in a power cut, at a random moment of the
years, which are then run again, and so on to their end; every row of every dbt table is compared with an
undisturbed run's. At the end it says how many years were finished at each kill.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))

YEARS = """
import sys
from planalign.jobs import simulate_year_backfill
state = simulate_year_backfill(
    sys.argv[1], sys.argv[2], state=("PLANALIGN_DB", "PLANALIGN_STORE"), return_state=True
)
print(state)
sys.exit(not state.is_completed())
"""


def prepared(folder: Path) -> Path:
    """The target, its dbt project and a census of 1,000 people, as a deployment has them."""
    for name in ("prefect_target", "dbt"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("target", "logs"))
    program = ROOT / "dagster_legacy" / "scripts" / "generate_census.py"
    census = [sys.executable, str(program), "--out", str(folder / "census.parquet"), "--employees", "1000"]
    subprocess.run(census, check=True, capture_output=True)
    place = ["--project-dir", str(folder / "dbt"), "--profiles-dir", str(folder / "dbt")]
    parse = [sys.executable, "-m", "dbt.cli.main", "--quiet", "parse", *place]
    subprocess.run(parse, check=True, env=environment(folder, folder / "parse"))
    return folder


def environment(work: Path, side: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(work / "prefect_target"),
        "PLANALIGN_DB": str(side / "planalign.duckdb"),
        "PLANALIGN_STORE": str(side / "store"),
        "PLANALIGN_CENSUS": str(work / "census.parquet"),
        "PLANALIGN_DBT": str(work / "dbt"),
        "DO_NOT_TRACK": "1",
    }


def started(work: Path, side: Path, years: list[str]) -> subprocess.Popen[bytes]:
    """All years in a process group of their own."""
    side.mkdir(exist_ok=True)
    with (side / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", YEARS, years[0], years[-1]],
            cwd=work / "prefect_target",
            env=environment(work, side),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def completed(work: Path, side: Path, years: list[str]) -> Any:
    """Run to the end; the digest of every table."""
    if started(work, side, years).wait() != 0:
        raise SystemExit((side / "log").read_text(errors="replace")[-3000:])
    return tables(side)


def tables(side: Path) -> Any:
    from table_digests import digests

    return digests(side / "planalign.duckdb")


def killed(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the years were killed after these seconds; False when they were through before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def main(root: Path, kills: int, seed: int, years: list[str]) -> int:
    work, draw = prepared(root / "work"), random.Random(seed)
    begun = time.monotonic()
    expected = completed(work, root / "undisturbed", years)
    whole, side, finished, left = time.monotonic() - begun, root / "disturbed", list[int](), list[Any]()
    while len(finished) < kills:
        if killed(started(work, side, years), draw.uniform(0.1, 1.0) * whole):
            finished.append(len(list(side.glob("planalign.duckdb.partitions/20*"))))
        else:  # through before the moment came: judged, and from the beginning
            left.append(tables(side))
            shutil.rmtree(side)
    left.append(completed(work, side, years))
    wrong = sorted(
        {name for one in left for name in {*one, *expected} if one.get(name) != expected.get(name)}
    )
    said = {"kills": kills, "years": years, "finished": finished, "ended": len(left), "differ": wrong}
    print(json.dumps(said | {"tables": len(expected), "rows": sum(rows for rows, _ in expected.values())}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
