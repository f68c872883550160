"""Runs a legacy project's asset checks alone, on good data and on data corrupted until each verdict flips.

Runs in the legacy interpreter, handed over as one file: `python dagster_checks.pyz request.json`. The
request names the project, the job, the partition, the folder with the good outputs, the folder that
the project reads and its DuckDB file. Each round restores the good outputs, corrupts them, and runs the
checks that have not flipped yet; the answer holds each round's statements and verdicts, for the other
side to repeat. Only Dagster and duckdb; no model is made, and no asset but those whose own function
makes the check.

Exit code 0: the answer is written; 2: it holds `{"error": …}`.

Upstream: https://docs.dagster.io/guides/test/asset-checks
"""

from __future__ import annotations

import json
from pathlib import Path

from ..project import answered
from .bench import Bench


def main(arguments: list[str]) -> int:
    """Run every round; the answer is written where the request says."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    return answered(Path(request["answer"]), Path(request["root"]), lambda: Bench(request).told())
