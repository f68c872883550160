"""What a conversion makes: files of the target, and one entry for each construct."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from migrate.outcomes import Outcome, disposition
from migrate.reading.constructs import Construct
from migrate.reading.source import Problem


@dataclass(frozen=True)
class Entry:
    """One construct and its outcome, as conversion.json lists it."""

    construct: Construct
    outcome: Outcome
    rule: str
    key: str = ""
    target: str = ""


@dataclass
class Conversion:
    """The whole result: files of the target by path, entries, unread arguments, errors, notes, dbt."""

    files: dict[str, bytes] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    dependencies: tuple[str, ...] = ()
    locations: list[dict[str, str]] = field(default_factory=list)
    dbt_calls: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    def add(self, other: Conversion) -> None:
        """Take in the result of another part of the same tree."""
        self.files.update(other.files)
        self.entries += other.entries
        self.unread += other.unread
        self.errors += other.errors
        self.notes += other.notes
        self.locations += other.locations
        self.dbt_calls += other.dbt_calls
        self.findings += other.findings

    @property
    def summary(self) -> dict[str, int]:
        """How many constructs of each disposition."""
        found: dict[str, int] = {}
        for entry in self.entries:
            word = disposition(entry.outcome)
            found[word] = found.get(word, 0) + 1
        return dict(sorted(found.items()))
