"""A sweep of the reference on one engine: usage: sweep_once.py ENGINE SCENARIOS YEAR [YEAR …]

Started in the target's folder with the reference's PLANALIGN_* variables and PREFECT_API_URL set. Ends with a
line of JSON: scenarios, seconds, and a digest of all rows by scenario, the same whatever the engine.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path

import duckdb

TABLE = "fct_workforce_snapshot"


def main(engine: str, count: int, years: tuple[str, ...]) -> int:
    """Run the sweep and say what it took."""
    sys.path.insert(0, str(Path.cwd()))
    os.environ["PYTHONPATH"] = str(Path.cwd())  # for the workers
    from prefect_support.sweep import Sweep, grid, run_sweep

    sweep = Sweep(
        flow="planalign.jobs:simulate_year",
        partitions=years,
        parameter="workforce_models_config",
        state=("PLANALIGN_DB", "PLANALIGN_STORE"),
        tables=(TABLE,),
        folder=Path(os.environ["PLANALIGN_DB"]).with_name("sweep"),
    )
    started = time.monotonic()
    results = run_sweep(sweep, grid(random_seed=range(count)), engine=engine)
    seconds = time.monotonic() - started
    with duckdb.connect(str(results), read_only=True) as connection:
        rows = connection.execute(f"select * exclude (loaded_at) from {TABLE} order by all").fetchall()
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    print(json.dumps({"scenarios": count, "seconds": seconds, "rows": len(rows), "sha256": digest}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2]), tuple(sys.argv[3:])))
