"""Tier 1: one pass a side and table. Years whose fingerprints agree hold the same rows, and cost no more.

A fingerprint is the number of rows and the 128-bit sum of the rows' hashes, mixed once more. A sum keeps
what an exclusive-or loses (two equal rows cancel); the second mixing keeps rows apart whose hashes
differ in the last column only. Each changed row goes unseen with a chance of about 2**-64. Nothing
of it is kept: `hash()` differs between DuckDB versions.
https://duckdb.org/docs/stable/sql/functions/utility#hashvalue
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.parity.columns import Column
from validation.sql import identifier, one_of

if TYPE_CHECKING:
    from validation.parity.session import Session

RawYear = int | str | None


@dataclass(frozen=True)
class Frame:
    """Rows to compare: where they are, and what each compared column is called there."""

    source: str
    names: tuple[str, ...]
    kept: bool = False
    """Whether its values are in the form that they are compared in already (see difference.py)."""

    def arguments(self, columns: Sequence[Column], chosen: Sequence[int]) -> str:
        """The arguments of `hash()` over the chosen columns; a constant when there are none."""
        return ", ".join(e for i in chosen for e in self._hashed(columns[i], self.names[i])) or "0"

    def _hashed(self, column: Column, name: str) -> list[str]:
        return [name] if self.kept and column.as_text else column.hashed(name)


@dataclass(frozen=True)
class Plan:
    """How rows are fingerprinted: the columns, which is the year, which may differ a little."""

    columns: tuple[Column, ...]
    year: int | None
    loose: tuple[int, ...] = ()

    @property
    def strict(self) -> tuple[int, ...]:
        """The columns without a tolerance."""
        return tuple(i for i in range(len(self.columns)) if i not in self.loose)

    def heavy(self, key: Sequence[int]) -> tuple[int, ...]:
        """The columns that are dear to read (text, nested values), beside key and year; none if all are."""
        dear = [i for i, c in enumerate(self.columns) if c.dear and i not in key and i != self.year]
        return tuple(dear) if len(dear) < len(self.columns) and not self.loose else ()

    def year_of(self, frame: Frame) -> str:
        """The year of a row of that frame."""
        return "NULL::BIGINT" if self.year is None else self.columns[self.year].year(frame.names[self.year])

    def where(self, frame: Frame, years: Sequence[RawYear] | None) -> str:
        """The clause that keeps those years; none for all."""
        if years is None or self.year is None:
            return ""
        return f" WHERE {one_of(self.year_of(frame), years)}"


@dataclass(frozen=True)
class Print:
    """The fingerprint of one year: `strict` leaves out columns with a tolerance, `full` does not."""

    rows: int = 0
    strict: int = 0
    full: int = 0
    heavy: int = 0
    """Of the columns that are dear to read, with the key: a hint, never a proof (an exclusive-or cancels)."""


Prints = dict[RawYear, Print]


def prints(session: Session, plan: Plan, left: str, right: str) -> tuple[Prints, Prints]:
    """The fingerprints of both sides by year, from two queries made by `hashes`."""
    full = "sum(f)" if plan.loose else "0"
    halves = [
        f"SELECT {side} AS side, y, count(*), sum(hash(h)), {full} FROM {source} GROUP BY y"
        for side, source in enumerate((left, right))
    ]
    found: tuple[Prints, Prints] = ({}, {})
    for side, year, rows, total, everything in session.rows(" UNION ALL ".join(halves)):
        found[side][year] = Print(rows, int(total), int(everything))
    return found


def whole(
    session: Session, plan: Plan, frames: Sequence[Frame], key: Sequence[int], *, stored: bool
) -> tuple[Print, Print]:
    """The fingerprints of both sides' rows of all years: without groups it costs a sixth less.

    `stored` says that the rows are those of tables, not what a query makes.
    """
    full = "sum(f)" if plan.loose else "0"
    heavy = "bit_xor(d)" if plan.heavy(key) else "0"
    halves = [
        f"SELECT {side} AS side, count(*), sum(hash(h)), {full}, {heavy} FROM {hashed(plan, source, key)}"
        for side, source in enumerate(frames)
    ]
    query = " UNION ALL ".join(halves)
    rows = session.frugal(len(plan.columns), lambda: session.rows(query)) if stored else session.rows(query)
    found = {row[0]: Print(*(int(v or 0) for v in row[1:])) for row in rows}
    return found[0], found[1]


def hashed(plan: Plan, source: Frame, key: Sequence[int]) -> str:
    """A query, in brackets, for what `whole` sums up of each row."""
    if plan.loose or not plan.heavy(key):
        wanted = hash_of(plan, source, plan.strict) + " AS h"
        if plan.loose:
            wanted += f", hash({source.arguments(plan.columns, plan.loose)}, h) AS f"
    else:
        wanted = _two_hashes(plan, source, key)
    return f"(SELECT {wanted} FROM {source.source})"


def _two_hashes(plan: Plan, source: Frame, key: Sequence[int]) -> str:
    """`d`, the hash of the columns that are dear to read with the key, and `h`, that of the whole row."""
    heavy = plan.heavy(key)
    light = [i for i in plan.strict if i not in heavy]
    rest = source.arguments(plan.columns, light)
    return f"{hash_of(plan, source, (*key, *heavy))} AS d, hash({rest}, d) AS h"


def hash_of(plan: Plan, source: Frame, chosen: Sequence[int]) -> str:
    """The hash of some columns."""
    return f"hash({source.arguments(plan.columns, chosen)})"


def counted(session: Session, plan: Plan, source: Frame) -> Prints:
    """The number of rows by year, without fingerprints."""
    by_year = f"SELECT {plan.year_of(source)} AS y, count(*) FROM {source.source} GROUP BY y"
    return {year: Print(rows) for year, rows in session.rows(by_year)}


def hashes(
    plan: Plan, frame: Frame, years: Sequence[RawYear] | None = None, *, places: bool = False, more: str = ""
) -> str:
    """A query over a frame, in brackets.

    Its columns: `y` the year, `h` the hash, `f` the hash with loose columns (if there are any), `i`
    the place of the row (if asked for), and `more`.
    """
    wanted = [f"{plan.year_of(frame)} AS y", f"hash({frame.arguments(plan.columns, plan.strict)}) AS h"]
    if plan.loose:
        wanted.append(f"hash({frame.arguments(plan.columns, plan.loose)}, h) AS f")
    if places:
        wanted.append("rowid AS i")
    if more:
        wanted.append(more)
    return f"(SELECT {', '.join(wanted)} FROM {frame.source}{plan.where(frame, years)})"


def frame(source: str, columns: Sequence[Column]) -> Frame:
    """Rows whose columns go by their own names."""
    return Frame(source, tuple(c.quoted for c in columns))


def copied(session: Session, name: str, source: Frame, plan: Plan, years: Sequence[RawYear] | None) -> Frame:
    """Copy rows to a temporary table, for places that do not change while they are looked at again."""
    names = tuple(identifier(f"c{i}") for i in range(len(plan.columns)))
    chosen = ", ".join(f"{own} AS {new}" for own, new in zip(source.names, names, strict=True))
    table = session.keep(name, f"SELECT {chosen} FROM {source.source}{plan.where(source, years)}")
    return Frame(table, names)
