"""conversion.json: what became of every construct, for people and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from migrate.outcomes import Adapted, Bridged, Converted, Dropped, Manual, Undeployed, disposition
from migrate.target_lines import TargetLines

if TYPE_CHECKING:
    from migrate.results import Conversion, Entry


def as_json(result: Conversion) -> dict[str, Any]:
    """The content of conversion.json, schema 1."""
    lines = TargetLines(result.files)
    return {
        "schema": 1,
        "summary": result.summary,
        "locations": result.locations,
        "constructs": [_entry(entry, lines) for entry in result.entries],
        "unread_arguments": result.unread,
        "errors": [{"file": p.file, "line": p.line, "message": p.message} for p in result.errors],
        "notes": result.notes,
        "dbt_calls": result.dbt_calls,
        "findings": result.findings,
    }


def _entry(entry: Entry, lines: TargetLines) -> dict[str, Any]:
    c, outcome = entry.construct, entry.outcome
    found: dict[str, Any] = {
        "kind": c.kind,
        "name": c.name,
        "key": entry.key,
        "file": c.file,
        "line": c.line,
        "disposition": disposition(outcome),
        "rule": entry.rule,
        "target": entry.target,
        "target_line": lines.of(entry.target, entry.target_name, entry.defined, c.name),
        "note": "",
    }
    if isinstance(outcome, Converted):
        found["note"] = outcome.note
    elif isinstance(outcome, Adapted):
        found["note"] = found["difference"] = outcome.difference
    elif isinstance(outcome, Manual):
        found.update(note=outcome.reason, remedy=outcome.remedy)
        if called := _called(entry):
            found["called"] = called
    elif isinstance(outcome, Undeployed | Dropped | Bridged):
        found["note"] = outcome.reason
    return found


def _called(entry: Entry) -> str:
    """The name that a refused job, schedule or sensor is given in Dagster, where its text says it."""
    named = (a for a in entry.construct.arguments if a.name in ("name", "0"))
    text = next((getattr(a.node, "evaluated_value", None) for a in named), None)
    return text if isinstance(text, str) and text != entry.construct.name else ""
