"""Where a migration keeps its state: one folder a dual run, one a sign-off, all below `state`.

<state>/equivalence.json                 what Dagster loads against what the target loads
<state>/baseline/baseline.json           how the legacy does alone
<state>/calibration/<side>/…             what a side differs in from itself
<state>/graph.json                       Dagster's graph alone: what routing is about
<state>/shadow.jsonl                     one record a tick of the shadow schedule
<state>/verdicts.json                    what checks say of good and of corrupted data, on both sides
<state>/lineage.duckdb                   the lineage graph, and who made what in every run ever recorded
<state>/runs/<id>/run.json               what both sides did (written last: its presence means complete)
<state>/runs/<id>/ledger.jsonl           every step as it happened
<state>/runs/<id>/dagster, …/prefect     what each side was given and wrote
<state>/runs/<id>/parity.json, gate.json what was compared, what was decided
<state>/sign-off/phase-<n>/report.html   what someone signs
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import EvidenceError

if TYPE_CHECKING:
    from migrate.config import Migration


@dataclass(frozen=True)
class Workspace:
    """The paths below a migration's state folder; nothing is created by asking for one."""

    state: Path

    @classmethod
    def of(cls, migration: Migration) -> Workspace:
        """The workspace that `migration.toml` names."""
        return cls(migration.root / migration.state)

    @property
    def equivalence(self) -> Path:
        """What `migrate verify` wrote."""
        return self.state / "equivalence.json"

    @property
    def baseline(self) -> Path:
        """The folder of the legacy's run alone; its verdict is `baseline.json` in it."""
        return self.state / "baseline"

    def calibration(self, side: str) -> Path:
        """The folder of a side's two runs against itself; its verdict is `calibration.json` in it."""
        return self.state / "calibration" / side

    @property
    def graph(self) -> Path:
        """Dagster's graph, as `migrate verify` read it."""
        return self.state / "graph.json"

    @property
    def lineage(self) -> Path:
        """The lineage graph with its history, a DuckDB file."""
        return self.state / "lineage.duckdb"

    @property
    def shadow(self) -> Path:
        """The ledger of the shadow schedule."""
        return self.state / "shadow.jsonl"

    @property
    def verdicts(self) -> Path:
        """What `migrate verify --checks` wrote."""
        return self.state / "verdicts.json"

    @property
    def runs(self) -> Path:
        """The folder of all dual runs."""
        return self.state / "runs"

    def run(self, run_id: str) -> Path:
        """The folder of one dual run."""
        return self.runs / run_id

    def sign_off(self, phase: str | int) -> Path:
        """The folder of a phase's report."""
        return self.state / "sign-off" / f"phase-{phase}"

    def latest_run(self, phase: str | int) -> Path:
        """The folder of the newest dual run of a phase that ran to its end.

        Raises:
            EvidenceError: the phase has none.
        """
        for file in sorted(self.runs.glob("*/run.json"), reverse=True):
            if str(read_json(file).get("phase")) == str(phase):
                return file.parent
        raise EvidenceError(
            f"phase {phase} has no finished dual run",
            file=self.runs,
            remedy=f"Run `migrate dual-run --phase {phase}` first.",
        )


def read_json(file: Path) -> dict[str, Any]:
    """Read a JSON object that another room wrote.

    Raises:
        EvidenceError: missing, not JSON, or no object.
    """
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EvidenceError("this file is missing", file=file) from None
    except ValueError as problem:
        raise EvidenceError(f"this file is not JSON: {problem}", file=file) from None
    if not isinstance(value, dict):
        raise EvidenceError("this file holds no JSON object", file=file)
    return value
