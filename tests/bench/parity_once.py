"""One comparison in a process of its own: prints its CPU seconds and the process's peak memory in MB."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from area_parity import FLOOR, LIMIT, SECONDS, held
from peers import PEERS, floor

NOISE = [{"column": name, "relative": 1e-9, "reason": "noise of the bench"} for name in ("salary", "ratio")]


def warm(subject: str) -> None:
    """Imports are not timed: they cost once, whatever is compared."""
    import duckdb  # noqa: F401

    if subject.startswith(("pandas", "datacompy")):
        import pandas  # noqa: F401
    if subject.startswith(("polars", "datacompy")):
        import polars  # noqa: F401
    if subject.startswith("datacompy"):
        import datacompy  # noqa: F401


def main() -> int:
    """Run it."""
    subject, left, right, table, case = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    warm(subject)
    files = Path(left), Path(right)
    key = ["id"] if table else []
    start = time.process_time()
    if subject == "changeover" and not table:
        from validation.parity import compare

        assert compare(*files).equal
    elif subject == "changeover":
        more = {"year_column": "simulation_year"} | ({"tolerance": NOISE} if "noise" in case else {})
        differs = PEERS[subject](*files, table, key, memory_limit=LIMIT, **more)
        assert differs is ("changed" in case)
    else:
        (floor if subject == FLOOR else PEERS[subject])(*files, table, key)
    cpu = time.process_time() - start
    peak = held("/proc/self/status", "VmHWM")  # ru_maxrss would count the process that started this one
    print(json.dumps({"cpu": round(cpu, 3), "peak": round(peak)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
