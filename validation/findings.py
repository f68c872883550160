"""What a person should know although it turns nothing red."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from migrate.workspace import Workspace
from validation.facts import naming
from validation.gates.checks import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validation.evidence import Evidence
    from validation.facts import Fact
    from validation.waivers import Grant


def findings(evidence: Evidence, grants: Sequence[Grant], facts: Sequence[Fact]) -> Iterator[str]:
    """One sentence each, the weightier first."""
    for grant in grants:
        if grant.state == "unused":
            waiver = f"{grant.waiver.gate} {grant.waiver.where} ({grant.waiver.owner})"
            yield f"the waiver for {waiver} covers nothing any more: remove it"
    yield from _origins(evidence)
    left_out = [f"{f.gate}: {f.subject}" if f.subject != f.gate else f.gate for f in facts if not f.asked]
    if left_out:
        yield f"not asked for by this phase, and not tried: {naming(left_out, len(left_out))}"
    yield from _unread(evidence)
    yield from _failing(evidence)
    yield from _left_out(evidence)
    for setting in (evidence.parity or {}).get("unused_settings", []):
        yield f"this setting of [outputs] matches nothing: {setting}"
    yield from _newer(evidence)


def _origins(evidence: Evidence) -> Iterator[str]:
    """Forty red tables are one cause and thirty-nine consequences, where the lineage is known."""
    for cause in ((evidence.parity or {}).get("origin") or {}).get("causes", []):
        where = f"{cause['table']}, {cause['first_year'] or 'all years'}"
        columns = f" ({naming(cause['columns'])})" if cause["columns"] else ""
        number = cause["consequences"]
        others = {0: "nothing else differs", 1: "another table differs"}
        follows = others.get(number, f"{number} others differ")
        yield f"the difference began in {where}{columns}; {follows} because of it"


def _unread(evidence: Evidence) -> Iterator[str]:
    try:
        unread = evidence.conversion.unread_arguments
    except EvidenceError:
        return
    if unread:
        places = naming(f"{u.argument} of {u.construct_} at {u.file}:{u.line or 1}" for u in unread)
        yield f"{len(unread)} decorator arguments were read by no rule: {places}"


def _failing(evidence: Evidence) -> Iterator[str]:
    failing = [c for c in evidence.side("dagster").checks if not c.passed]
    if failing:
        baseline = evidence.run.baseline
        known = {(k.asset, k.name) for k in (baseline.known_failures if baseline else ())}
        alone = sum((c.asset, c.check) in known for c in failing)
        told = f", {alone} of them known from the baseline" if baseline else ""
        places = naming(f"{c.asset}:{c.check} {c.year} ({verdict(c)})" for c in failing)
        yield f"{len(failing)} checks fail in Dagster already{told}: {places}"


def _left_out(evidence: Evidence) -> Iterator[str]:
    outputs = evidence.migration.outputs
    for ignored in outputs.ignore:
        yield f"not compared: column {ignored.column} of {ignored.table} ({ignored.reason})"
    for tolerance in outputs.tolerance:
        allowed = f"{tolerance.absolute:g} absolute, {tolerance.relative:g} relative"
        yield f"compared with tolerance: {tolerance.table}.{tolerance.column}, {allowed} ({tolerance.reason})"
    for table in outputs.exclude:
        yield f"not compared: tables named {table}"
    for empty in outputs.allow_empty:
        yield f"may be empty on both sides: {empty.table} ({empty.reason})"


def _newer(evidence: Evidence) -> Iterator[str]:
    """A dual run that was started later but never finished, or was passed over on request."""
    runs = Workspace.of(evidence.migration).runs
    later = [f.name for f in runs.iterdir() if f.is_dir() and f.name > evidence.folder.name]
    if later:
        yield f"newer dual runs exist that this verdict does not rest on: {naming(sorted(later))}"
