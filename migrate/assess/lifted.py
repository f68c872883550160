"""What migration.toml already answers: an ignored column lifts the clock that fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from migrate.assess.finding import Evidence, Finding

if TYPE_CHECKING:
    from migrate.config import Migration


def lifted(findings: Sequence[Finding], migration: Migration | None) -> tuple[Finding, ...]:
    """The findings without places that settings answer; one answered whole becomes a note with the reason."""
    return tuple(_answered(finding, migration) for finding in findings) if migration else tuple(findings)


def _answered(finding: Finding, migration: Migration) -> Finding:
    if finding.name != "clock" or finding.weight == "note":
        return finding
    reasons = [_reason(evidence, migration) for evidence in finding.evidence]
    if all(reasons):
        said = "; ".join(dict.fromkeys(r for r in reasons if r))
        return replace(finding, weight="note", reason=f"ignored in migration.toml: {said}")
    open_ = tuple(e for e, reason in zip(finding.evidence, reasons, strict=True) if not reason)
    return replace(finding, evidence=open_)


def _reason(evidence: Evidence, migration: Migration) -> str:
    """Why a column of the model's own table is not compared; empty when every column is."""
    table = PurePosixPath(evidence.file).stem
    return next(
        (i.reason for i in migration.outputs.ignore if fnmatchcase(table, i.table) and i.table != "*"), ""
    )
