"""The legacy alone: what it does before anything is compared with it, and whether a dual run may start.

`baseline.json` says how the legacy did, judged by what it wrote, and which of its checks and dbt tests fail
already: those are known, and no fault of the migration.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import SideError
from migrate.files import digest_tree, write_json
from migrate.workspace import Workspace, read_json
from shims import freeze, prechecks
from shims.ledger import now
from shims.session import begin, drive, fingerprinted, freeze_side, judged, opened

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.progress import View
    from shims.run_plan import RunPlan

FILE = "baseline.json"
FAILING = ("fail", "error", "warn", "runtime error")
"""What dbt calls a test that did not pass, in `run_results.json`."""


@dataclass(frozen=True)
class Standing:
    """A baseline as it is today. `stale` says what has changed since; empty: it still holds."""

    status: str
    reason: str
    finished: str
    known: tuple[dict[str, Any], ...]
    stale: str

    def as_json(self) -> dict[str, Any]:
        """What run.json keeps of it."""
        return {
            "status": self.status,
            "finished": self.finished,
            "stale": self.stale,
            "known_failures": list(self.known),
        }


def file_of(migration: Migration) -> Path:
    """Where the baseline is written."""
    return Workspace.of(migration).baseline / FILE


def run(plan: RunPlan, view: View) -> dict[str, Any]:
    """Run the legacy alone and return what baseline.json holds.

    Args:
        plan: its Dagster side is run; its folder is replaced.
        view: where it tells what happens.

    Raises:
        ChangeoverError: it could not be started.
        Stopped: the user ended it.
    """
    prechecks.check_side(plan, plan.dagster)
    started = now()
    with opened(plan, view, again=True) as session:
        _clear(plan.folder)
        frozen = fingerprinted(session)
        freeze_side(session, plan.dagster, frozen)
        side = begin(session, plan.dagster)
        drive(session, side)
        record = judged(session, side, frozen.copies["dagster"])
        session.outcome = {"dagster": record["status"]}
    found = {
        "schema": 1,
        "id": plan.run_id,
        "started": started,
        "finished": now(),
        "phase": plan.phase,
        "years": list(plan.years),
        "status": record["status"],
        "reason": record["reason"],
        "code_sha256": frozen.code["dagster"],
        "input_sha256": frozen.source.sha256,
        "known_failures": [*_failed_checks(record), *_failed_tests(plan)],
        "side": record,
    }
    write_json(plan.folder / FILE, found)
    return found


def _clear(folder: Path) -> None:
    """Away with the last baseline: a verdict must not outlive a new attempt."""
    (folder / FILE).unlink(missing_ok=True)
    shutil.rmtree(folder / "dagster", ignore_errors=True)


def _failed_checks(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    last = {(c["asset"], c["check"], c["year"]): c for c in record["checks"]}
    failed: dict[tuple[str, str, str], list[int]] = {}
    for check in last.values():
        if not check["passed"]:
            failed.setdefault((check["asset"], check["check"], check["severity"]), []).append(check["year"])
    for (asset, name, severity), years in sorted(failed.items()):
        yield {"kind": "check", "asset": asset, "name": name, "severity": severity, "years": sorted(years)}


def _failed_tests(plan: RunPlan) -> Iterator[dict[str, Any]]:
    """dbt tests that did not pass, from every `run_results.json` that the run left.

    https://docs.getdbt.com/reference/artifacts/run-results-json
    """
    seen: dict[str, str] = {}
    for file in sorted(plan.dagster.paths.base.rglob("run_results.json")):
        try:
            results = json.loads(file.read_text(encoding="utf-8"))["results"]
            found = {str(r["unique_id"]): str(r["status"]) for r in results}
        except (OSError, ValueError, KeyError, TypeError):
            continue  # a file of that name that is not dbt's, or torn
        seen.update({test: status for test, status in found.items() if status in FAILING})
    for test, status in sorted(seen.items()):
        if test.startswith(("test.", "unit_test.")):
            severity = "WARN" if status == "warn" else "ERROR"
            yield {"kind": "dbt_test", "asset": "", "name": test, "severity": severity, "years": []}


def standing(migration: Migration) -> Standing | None:
    """The baseline as it is today; None when there is none.

    Raises:
        EvidenceError: its file is not what it claims to be.
    """
    file = file_of(migration)
    if not file.is_file():
        return None
    found = read_json(file)
    stale = ""
    if found.get("code_sha256") != digest_tree(migration.root / migration.legacy.root):
        stale = "the legacy's code has changed since"
    elif found.get("input_sha256") != freeze.fingerprint(migration.root, list(migration.input.freeze)).sha256:
        stale = "the inputs have changed since"
    return Standing(
        str(found.get("status", "")),
        str(found.get("reason", "")),
        str(found.get("finished", "")),
        tuple(found.get("known_failures", ())),
        stale,
    )


def require(migration: Migration) -> Standing | None:
    """The baseline, if a dual run may start over it.

    Raises:
        SideError: the legacy is known not to work, or a baseline is required and there is none of today's.
    """
    found, wanted = standing(migration), migration.dual_run.require_baseline
    file = file_of(migration)
    if found is not None and not found.stale and found.status != "succeeded":
        raise SideError(
            f"the legacy does not work alone: {found.status}, {found.reason}",
            file=file,
            remedy="Mend the legacy and run `migrate baseline` again: nothing can be compared with it.",
        )
    if wanted and (found is None or found.stale):
        cause = f"the baseline is stale: {found.stale}" if found else "there is no baseline of the legacy"
        raise SideError(
            f"{cause}, and dual_run.require_baseline asks for one",
            file=file,
            remedy="Run `migrate baseline` first.",
        )
    return found
