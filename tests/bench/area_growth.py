"""How what a run costs grows with the number of dbt models and of years.

Generated projects (see generated_project.py) through the programs of area `runtime`: Dagster's asset job,
the converted flow with every node a task run, and bare dbt as the floor. CHANGEOVER_MODELS chooses the sizes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import area_runtime as runtime
import generated_project
from kept_runs import KeptRuns
from row import Row

AREA = "growth"
YEARS = "2025-2030"
MODELS = tuple(int(number) for number in os.environ.get("CHANGEOVER_MODELS", "66,300,1000").split(","))
SUBJECTS = (runtime.FLOOR, "Prefect, the target", "Dagster, asset job")


def measure(
    years: tuple[int, ...], repeat: int, subjects: Sequence[str] = (), kept: KeptRuns | None = None
) -> list[Row]:
    """Each size with the first year alone and, when there are several, with all years."""
    kept = kept or KeptRuns()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
        for models in MODELS:
            root = Path(folder) / str(models)
            generated_project.make(root, models)
            _convert(root)
            for span in dict.fromkeys((years[:1], years)):
                case = f"{models:,} models, {len(span)} year{'s' * (len(span) > 1)}"
                chosen = [*(subjects or SUBJECTS)]
                rows += runtime.measured(kept, AREA, case, chosen, repeat, root, span)
    return rows


def _convert(root: Path) -> None:
    migrate = [sys.executable, "-c", "import sys; from migrate.cli import main; sys.exit(main())"]
    command = [*migrate, "convert", "legacy", "--out", "target"]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(
            f"migrate convert ended with exit code {told.returncode}\n{told.stdout}{told.stderr}"
        )
