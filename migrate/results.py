"""What a conversion makes: files of the target, and one entry for each construct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Outcome, disposition
from migrate.reading.constructs import Construct
from migrate.reading.source import Problem

if TYPE_CHECKING:
    from migrate.rewriting.deployments import Deployment


@dataclass(frozen=True)
class Entry:
    """One construct and its outcome, as conversion.json lists it; `target_name` where it was renamed.

    `defined` is the name that the source defines it by.
    """

    construct: Construct
    outcome: Outcome
    rule: str
    key: str = ""
    target: str = ""
    target_name: str = ""
    defined: str = ""


@dataclass(frozen=True)
class ConvertedPart:
    """One project of the tree as it was written: its folder, name, deployments, and modules by path.

    A module is its dotted name and whether it is a package's `__init__`.
    """

    base: str
    name: str
    modules: Mapping[str, tuple[str, bool]]
    deployments: tuple[Deployment, ...]


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
    parts: list[ConvertedPart] = field(default_factory=list)

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
        self.parts += other.parts

    def forget_trees(self) -> None:
        """Keep of each construct what is told of it: the syntax trees of its project need not stay."""
        nothing = cst.Call(cst.Name("_"))
        self.entries = [
            replace(e, construct=replace(e.construct, node=nothing, arguments=())) for e in self.entries
        ]

    @property
    def summary(self) -> dict[str, int]:
        """How many constructs of each disposition."""
        found: dict[str, int] = {}
        for entry in self.entries:
            word = disposition(entry.outcome)
            found[word] = found.get(word, 0) + 1
        return dict(sorted(found.items()))
