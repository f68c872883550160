"""Runs of a benchmark that are written down as each ends, so that a stop half-way loses none of them.

A line a run, in JSON Lines: its rows, the digests of its tables, the commit it measured, the load meanwhile.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from row import Row
from table_digests import Tables

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Run:
    """One subject's run of one case."""

    area: str
    case: str
    subject: str
    rows: tuple[Row, ...]
    tables: Tables = field(default_factory=dict)
    commit: str = ""
    load: float = 0.0
    """How many processes wanted a core in the run's last minute: above the cores, wall time means little."""


@dataclass
class KeptRuns:
    """The runs there are; with a `file`, also those of earlier calls that named it, of any commit."""

    file: Path | None = None
    runs: list[Run] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read what the file holds; a line that a kill cut short is left out."""
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file and self.file.exists() else []
        for line in lines:
            try:
                told = json.loads(line)
            except json.JSONDecodeError:
                continue
            tables = {name: (int(rows), str(digest)) for name, (rows, digest) in told["tables"].items()}
            rows = tuple(Row(**row) for row in told["rows"])
            self.runs.append(Run(**{**told, "rows": rows, "tables": tables}))

    def of(self, area: str, case: str) -> list[Run]:
        """The runs of one case."""
        return [run for run in self.runs if (run.area, run.case) == (area, case)]

    def tables(self, area: str, case: str) -> dict[str, Tables]:
        """What each subject left in this case; runs that were stopped left nothing."""
        return {run.subject: run.tables for run in self.of(area, case) if run.tables}

    def add(self, run: Run) -> None:
        """Note a run that has ended, say so, and write it down."""
        run = replace(run, commit=commit(), load=round(os.getloadavg()[0], 1))
        self.runs.append(run)
        told = ", ".join(f"{row.metric} {row.note or f'{row.value:,.1f} {row.unit}'}" for row in run.rows)
        print(f"{run.case}; {run.subject}: {told}; load {run.load}", flush=True)
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            whole = not self.file.exists() or self.file.read_bytes().endswith(b"\n")
            with self.file.open("a", encoding="utf-8") as out:
                out.write(("" if whole else "\n") + json.dumps(asdict(run)) + "\n")


def left_to_do(kept: KeptRuns, area: str, case: str, subjects: Sequence[str], repeat: int) -> list[str]:
    """The subjects still to be run, interleaved: `repeat` times each, less what is kept."""
    have = {subject: [run.subject for run in kept.of(area, case)].count(subject) for subject in subjects}
    return [subject for number in range(repeat) for subject in subjects if have[subject] <= number]


def commit() -> str:
    """The commit of this checkout; empty where there is no git."""
    told = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return told.stdout.strip()
