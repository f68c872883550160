"""What a comparison found: frozen facts, and their JSON shape (validation/schemas/parity.schema.json)."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["equal", "different", "schema", "missing", "error"]
Year = int | str | None
VERDICTS: tuple[Verdict, ...] = ("equal", "different", "schema", "missing", "error")


def label(year: Year) -> Year:
    """A year as it is reported: a number where the text is one in plain digits."""
    if isinstance(year, str) and year.isascii() and year.isdigit() and str(int(year)) == year:
        return int(year)
    return year


def in_order(year: Year) -> tuple[bool, bool, int, str]:
    """What years are sorted by: numbers, then other text, then none."""
    return (
        year is None,
        isinstance(year, str),
        year if isinstance(year, int) else 0,
        year if isinstance(year, str) else "",
    )


@dataclass(frozen=True)
class YearFacts:
    """One year of one table: rows on each side, and how many rows differ."""

    year: Year
    verdict: Verdict
    rows_left: int
    rows_right: int
    only_left: int = 0
    only_right: int = 0
    changed: int = 0


@dataclass(frozen=True)
class ColumnFacts:
    """One differing column over all paired rows; the differences are null where they are no numbers."""

    name: str
    mismatches: int
    max_absolute: float | None = None
    max_relative: float | None = None
    first_year: Year = None


@dataclass(frozen=True)
class Sample:
    """One differing row: `kind` is changed, only_left or only_right; values are DuckDB's text of them.

    A changed row shows its differing columns only. Long text is cut around the first difference.
    """

    kind: Literal["changed", "only_left", "only_right"]
    year: Year
    key: dict[str, str | None]
    left: dict[str, str | None] | None
    right: dict[str, str | None] | None


@dataclass(frozen=True)
class SchemaChange:
    """A column whose type differs, or that one side lacks (null)."""

    column: str
    left: str | None
    right: str | None


@dataclass(frozen=True)
class Leave:
    """A column that a setting keeps out of the comparison, and why."""

    column: str
    reason: str


@dataclass(frozen=True)
class Allowed:
    """A column that may differ a little, why, and how much it did differ in rows that were let through."""

    column: str
    absolute: float
    relative: float
    reason: str
    max_absolute: float | None = None
    max_relative: float | None = None


@dataclass(frozen=True)
class Renamed:
    """A column that goes by another name on the right."""

    left: str
    right: str
    reason: str


@dataclass(frozen=True)
class Filtered:
    """The rows that were compared, by condition, and how many others each side has (null: unknown)."""

    where: str
    reason: str
    left: int | None
    right: int | None


@dataclass(frozen=True)
class Identified:
    """A column of generated identifiers, compared through the natural key `by` of their `table`."""

    column: str
    table: str
    by: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class GroupPair:
    """One group of an aggregate: both sides' value as text; null where that side has no such group."""

    group: dict[str, str | None]
    left: str | None
    right: str | None
    equal: bool


@dataclass(frozen=True)
class Aggregate:
    """One measure over the groups `by`: their number, how many differ, and some, differing ones first."""

    measure: str
    by: tuple[str, ...]
    reason: str
    groups: int
    differing: int
    shown: tuple[GroupPair, ...]
    absolute: float = 0.0
    relative: float = 0.0


@dataclass(frozen=True)
class TableReport:
    """One table. Row counts are null where they were not measured."""

    name: str
    verdict: Verdict
    reason: str = ""
    kind_left: str | None = None
    kind_right: str | None = None
    rows_left: int | None = None
    rows_right: int | None = None
    only_left: int | None = None
    only_right: int | None = None
    changed: int | None = None
    years: tuple[Year, ...] = ()
    columns: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    key_source: str = "none"
    year_column: str | None = None
    per_year: tuple[YearFacts, ...] = ()
    per_column: tuple[ColumnFacts, ...] = ()
    schema_changes: tuple[SchemaChange, ...] = ()
    samples: tuple[Sample, ...] = ()
    ignored: tuple[Leave, ...] = ()
    tolerated: tuple[Allowed, ...] = ()
    notes: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    filtered: tuple[Filtered, ...] = ()
    identified: tuple[Identified, ...] = ()
    definitions: tuple[SchemaChange, ...] = ()
    """What may be NULL, and the order of columns, where the sides' definitions differ."""
    aggregates: tuple[Aggregate, ...] = ()


@dataclass(frozen=True)
class Cause:
    """A table where a difference began; `first_year` is null where all of it differs."""

    table: str
    first_year: Year
    columns: tuple[str, ...]
    consequences: int


@dataclass(frozen=True)
class Consequence:
    """A table that differs because the tables `of` do."""

    table: str
    first_year: Year
    of: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Causes and consequences by a lineage read at `source`; `unplaced` are differing tables not in it."""

    source: str
    causes: tuple[Cause, ...]
    consequences: tuple[Consequence, ...]
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParityReport:
    """The whole comparison. `left` and `right` are the paths as they were given."""

    left: str
    right: str
    tables: tuple[TableReport, ...]
    excluded: tuple[str, ...] = ()
    unused_settings: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def equal(self) -> bool:
        """Whether there is a table, and every table is equal."""
        return bool(self.tables) and all(t.verdict == "equal" for t in self.tables)

    @property
    def decided(self) -> bool:
        """Whether the answer is yes or no: equal, or at least one table known to differ."""
        return self.equal or any(t.verdict in ("different", "schema", "missing") for t in self.tables)

    def counts(self) -> dict[Verdict, int]:
        """How many tables have each verdict."""
        found = Counter(t.verdict for t in self.tables)
        return {v: found[v] for v in VERDICTS}

    def to_json(self) -> dict[str, Any]:
        """The published shape, made of plain lists, dictionaries, text, numbers and null."""
        return {
            "schema": 1,
            "equal": self.equal,
            "left": self.left,
            "right": self.right,
            "summary": {"tables": len(self.tables), **self.counts()},
            "tables": [_plain(dataclasses.asdict(t)) for t in self.tables],
            "excluded": list(self.excluded),
            "unused_settings": list(self.unused_settings),
            "origin": _plain(dataclasses.asdict(self.origin)) if self.origin else None,
        }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
