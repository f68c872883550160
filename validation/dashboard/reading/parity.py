"""parity.json as pages need it: tables by year, columns, sampled rows, and where a difference began."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from validation.dashboard.reading.values import number, rows, table, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Cell:
    """One year of one table."""

    year: str
    verdict: str
    rows_left: int
    rows_right: int
    only_left: int
    only_right: int
    changed: int


@dataclass(frozen=True)
class Column:
    """A differing column."""

    name: str
    mismatches: int
    max_absolute: float | None
    max_relative: float | None
    first_year: str


@dataclass(frozen=True)
class Sample:
    """One differing row: its key, and (column, Dagster's value, Prefect's value); None: no such row there."""

    kind: str
    year: str
    key: Mapping[str, str | None]
    values: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True)
class Table:
    """One compared table. `notes` are sentences about what was left out or let pass, with their reasons."""

    name: str
    verdict: str
    reason: str
    rows_left: int | None
    rows_right: int | None
    only_left: int
    only_right: int
    changed: int
    key: tuple[str, ...]
    key_source: str
    cells: tuple[Cell, ...]
    columns: tuple[Column, ...]
    schema_changes: tuple[tuple[str, str, str], ...]
    samples: tuple[Sample, ...]
    notes: tuple[str, ...]

    def cell(self, year: str) -> Cell | None:
        """A year's cell, if it was compared by itself."""
        return next((c for c in self.cells if c.year == year), None)


@dataclass(frozen=True)
class Cause:
    """Where a difference began, and the tables that follow from it."""

    table: str
    year: str
    columns: tuple[str, ...]
    consequences: tuple[str, ...]


@dataclass(frozen=True)
class Parity:
    """The whole comparison. `trouble` says why there is nothing to show, if so."""

    tables: tuple[Table, ...] = ()
    causes: tuple[Cause, ...] = ()
    origin_source: str = ""
    excluded: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def years(self) -> list[str]:
        """All years that tables were compared by."""
        found = {c.year for t in self.tables for c in t.cells}
        return sorted(found, key=lambda y: (not y.isdigit(), y))

    def find(self, name: str) -> Table | None:
        """A table by its name."""
        return self.by_name.get(name)

    @cached_property
    def by_name(self) -> Mapping[str, Table]:
        """The tables by their names."""
        return {t.name: t for t in self.tables}


def read_parity(file: Path) -> Parity:
    """A parity.json.

    Raises:
        OSError: there is none.
    """
    from validation.dashboard.source import as_object, parse

    record = as_object(parse(file))
    if record is None:
        return Parity(
            trouble="parity.json holds no JSON object: run `migrate gate` or `migrate parity` again"
        )
    origin = table(record.get("origin"))
    consequences = rows(origin.get("consequences"))
    causes = tuple(
        Cause(
            text(c.get("table")),
            text(c.get("first_year")),
            texts(c.get("columns")),
            tuple(text(k.get("table")) for k in consequences if c.get("table") in texts(k.get("of"))),
        )
        for c in rows(origin.get("causes"))
    )
    return Parity(
        tuple(_table(t) for t in rows(record.get("tables"))),
        causes,
        text(origin.get("source")),
        texts(record.get("excluded")),
    )


def _table(found: dict[str, Any]) -> Table:
    def count(key: str) -> int | None:
        return None if found.get(key) is None else whole(found[key])

    return Table(
        name=text(found.get("name")),
        verdict=text(found.get("verdict")) or "error",
        reason=text(found.get("reason")),
        rows_left=count("rows_left"),
        rows_right=count("rows_right"),
        only_left=whole(found.get("only_left")),
        only_right=whole(found.get("only_right")),
        changed=whole(found.get("changed")),
        key=texts(found.get("key")),
        key_source=text(found.get("key_source")),
        cells=tuple(_cell(c) for c in rows(found.get("per_year"))),
        columns=tuple(_column(c) for c in rows(found.get("per_column"))),
        schema_changes=tuple(
            (text(c.get("column")), text(c.get("left")) or "–", text(c.get("right")) or "–")
            for c in rows(found.get("schema_changes"))
        ),
        samples=tuple(_sample(s) for s in rows(found.get("samples"))),
        notes=tuple(_notes(found)),
    )


def _cell(found: dict[str, Any]) -> Cell:
    counts = (whole(found.get(k)) for k in ("rows_left", "rows_right", "only_left", "only_right", "changed"))
    return Cell(text(found.get("year")), text(found.get("verdict")), *counts)


def _column(found: dict[str, Any]) -> Column:
    return Column(
        text(found.get("name")),
        whole(found.get("mismatches")),
        number(found.get("max_absolute")),
        number(found.get("max_relative")),
        text(found.get("first_year")),
    )


def _sample(found: dict[str, Any]) -> Sample:
    left, right = found.get("left"), found.get("right")
    key = {k: None if v is None else text(v) for k, v in table(found.get("key")).items()}
    names = dict.fromkeys([*table(left), *table(right)])
    values = tuple((name, _value(left, name), _value(right, name)) for name in names)
    return Sample(text(found.get("kind")), text(found.get("year")), key, values)


def _value(side: Any, name: str) -> str | None:
    if not isinstance(side, dict):
        return None
    value = side.get(name)
    return "NULL" if value is None else text(value)


def _notes(found: dict[str, Any]) -> list[str]:
    """What was not compared as it stands, in sentences."""
    notes = list(texts(found.get("notes")))
    notes += [
        f"column {n.get('column')} is not compared: {n.get('reason')}" for n in rows(found.get("ignored"))
    ]
    notes += [
        f"column {n.get('column')} may differ by {n.get('absolute')} (or {n.get('relative')} of the value); "
        f"it did by {n.get('max_absolute') or 0}: {n.get('reason')}"
        for n in rows(found.get("tolerated"))
    ]
    notes += [
        f"{n.get('left')} is called {n.get('right')} on the right: {n.get('reason')}"
        for n in rows(found.get("renamed"))
    ]
    notes += [f"only rows where {n.get('where')}: {n.get('reason')}" for n in rows(found.get("filtered"))]
    return notes
