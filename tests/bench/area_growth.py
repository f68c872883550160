"""How what a run costs grows with the number of dbt models and of years.

Where several years were run there is also what each year after the first costs: what their median has beyond
that of one year, divided by their number.

Generated projects (see generated_project.py) through the programs of area `runtime`: Dagster's asset job,
the converted flow with every node a task run, and bare dbt as the floor. CHANGEOVER_MODELS chooses the sizes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import area_runtime as runtime
import generated_project
from kept_runs import KeptRuns
from row import Row, with_ratios

AREA = "growth"
YEARS = "2025-2030"
MODELS = tuple(int(number) for number in os.environ.get("CHANGEOVER_MODELS", "66,300,1000").split(","))
FURTHER = ("CPU", "wall", "server CPU")
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
    return [*rows, *with_ratios([*further_years(rows)], runtime.FLOOR)]


def further_years(rows: Sequence[Row]) -> Iterator[Row]:
    """What a year after the first costs, for each case of several years with one of one year beside it."""
    values = {(row.case, row.subject, row.metric): row.value for row in rows if not row.note}
    for (case, subject, metric), value in values.items():
        size, years = case.rsplit(", ", 1)
        first, more = values.get((f"{size}, 1 year", subject, metric)), int(years.split()[0]) - 1
        if metric in FURTHER and more and first is not None:
            each = round((value - first) / more, 3)
            yield Row(AREA, f"{size}, a further year (of {years})", subject, metric, each, "s")


def _convert(root: Path) -> None:
    migrate = [sys.executable, "-c", "import sys; from migrate.cli import main; sys.exit(main())"]
    command = [*migrate, "convert", "legacy", "--out", "target"]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(
            f"migrate convert ended with exit code {told.returncode}\n{told.stdout}{told.stderr}"
        )
