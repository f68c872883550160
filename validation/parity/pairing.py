"""Tier 3: pair the rows left over, and count what differs by year and by column.

With a key, rows of the same key are one changed row. A key that several of the left-over rows
share, on either side, pairs none of them: they stay rows of one side. Without a key nothing is
paired for the counts; see explain.py for how the differing columns are named all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validation.parity.report import Allowed, ColumnFacts, in_order, label
from validation.parity.tolerance import beyond
from validation.sql import all_of, any_of

if TYPE_CHECKING:
    from validation.parity.fingerprint import Plan, RawYear
    from validation.parity.session import Session

JOINED = "pairs AS p JOIN left_rows AS l ON l.rowid = p.l JOIN right_rows AS r ON r.rowid = p.r"


@dataclass
class Tally:
    """What differs in one year; a row that moved counts in both of its years."""

    only_left: int = 0
    only_right: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Counts:
    """What differs in a table, by year and by column; `changed` counts a row that moved once."""

    years: dict[RawYear, Tally]
    only_left: int
    only_right: int
    changed: int
    columns: tuple[ColumnFacts, ...] = ()


def by_key(session: Session, key: Sequence[int]) -> bool:
    """Store the pairs of left-over rows with the same key; true where some share one and stay alone."""
    names = ", ".join(f"c{i}" for i in key)
    shared = any(
        session.rows(f"SELECT 1 FROM {side}_rows GROUP BY {names} HAVING count(*) > 1 LIMIT 1")
        for side in ("left", "right")
    )
    only = f" QUALIFY count(*) OVER (PARTITION BY {names}) = 1" if shared else ""
    left, right = (f"(SELECT rowid AS i, {names} FROM {side}_rows{only})" for side in ("left", "right"))
    same = all_of(f"l.c{i} IS NOT DISTINCT FROM r.c{i}" for i in key)
    session.keep("pairs", f"SELECT l.i AS l, r.i AS r FROM {left} AS l JOIN {right} AS r ON {same}")
    return shared


def unequal(plan: Plan, allowed: Sequence[Allowed]) -> list[str]:
    """For each column, whether the joined rows `l` and `r` differ in it."""
    loose = dict(zip(plan.loose, allowed, strict=True))
    return [
        beyond(column, loose[i], f"l.c{i}", f"r.c{i}") if i in loose else column.differs(f"l.c{i}", f"r.c{i}")
        for i, column in enumerate(plan.columns)
    ]


def count(session: Session, plan: Plan, allowed: Sequence[Allowed], *, paired: bool) -> Counts:
    """Count the stored rows and pairs.

    `paired` says that a pair is one changed row; otherwise pairs only serve to name the columns,
    and each of their rows counts as a row of its side. Pairs that agree within their tolerances
    count as nothing.
    """
    flags = unequal(plan, allowed)
    done = "pairs"
    if not paired:
        agreed = f"NOT ({any_of(flags)})" if plan.loose else "false"
        done = session.keep("agreed", f"SELECT p.l, p.r FROM {JOINED} WHERE {agreed}")
    years: dict[RawYear, Tally] = {}
    for side in ("left", "right"):
        rest = f"{side}_rows WHERE rowid NOT IN (SELECT {side[0]} FROM {done})"
        for year, rows in session.rows(f"SELECT y, count(*) FROM {rest} GROUP BY y"):
            setattr(years.setdefault(year, Tally()), f"only_{side}", rows)
    found = _differences(session, plan, flags)
    changed = [(one, two, rows) for one, two, rows, *_ in found if paired and rows]
    for one, two, rows in changed:
        for year in {one, two}:
            years.setdefault(year, Tally()).changed += rows
    return Counts(
        years,
        sum(t.only_left for t in years.values()),
        sum(t.only_right for t in years.values()),
        sum(rows for *_, rows in changed),
        _columns(plan, found),
    )


def _differences(session: Session, plan: Plan, flags: Sequence[str]) -> list[tuple[Any, ...]]:
    """A row a pair of years: both, the changed pairs, and for each column how many mismatches and the largest
    differences. Those are only asked for where a column differs: the rest would cost more than it tells."""
    told = ", ".join(f"{flag} AS f{i}" for i, flag in enumerate(flags))
    some = any_of(f"f{i}" for i in range(len(flags)))
    counts = ", ".join(f"count(*) FILTER (f{i})" for i in range(len(flags)))
    rows = session.rows(
        f"SELECT ly, ry, count(*) FILTER ({some}), {counts} "
        f"FROM (SELECT l.y AS ly, r.y AS ry, {told} FROM {JOINED}) GROUP BY ly, ry"
    )
    apart = [i for i, c in enumerate(plan.columns) if c.numeric and any(row[3 + i] for row in rows)]
    wanted = ["l.y", "r.y"]
    for i in apart:
        gap = plan.columns[i].distance(f"l.c{i}", f"r.c{i}")
        size = f"nullif({plan.columns[i].size(f'l.c{i}', f'r.c{i}')}, 0)"
        wanted += [f"max({gap}) FILTER ({flags[i]})", f"max({gap} / {size}) FILTER ({flags[i]})"]
    gaps: dict[tuple[RawYear, RawYear], Sequence[Any]] = {}
    if apart:
        asked = session.rows(f"SELECT {', '.join(wanted)} FROM {JOINED} GROUP BY l.y, r.y")
        gaps = {(row[0], row[1]): row[2:] for row in asked}
    place = {i: 2 * n for n, i in enumerate(apart)}
    return [
        (*row[:3], *(_cell(row, i, place, gaps.get((row[0], row[1]), ())) for i in range(len(flags))))
        for row in rows
    ]


def _cell(
    row: Sequence[Any], i: int, place: Mapping[int, int], gaps: Sequence[Any]
) -> tuple[int, float | None, float | None]:
    """Mismatches of a column, and its largest absolute and relative difference where they are numbers."""
    if i not in place:
        return row[3 + i], None, None
    return row[3 + i], gaps[place[i]], gaps[place[i] + 1]


def _columns(plan: Plan, found: Sequence[tuple[Any, ...]]) -> tuple[ColumnFacts, ...]:
    """Sum up the rows that `_differences` gave."""
    facts = []
    for i, column in enumerate(plan.columns):
        hits = [(row[0], *row[3 + i]) for row in found if row[3 + i][0]]
        if hits:
            year, rows, gaps, parts = zip(*hits, strict=True)
            first = min((label(y) for y in year), key=in_order)
            facts.append(ColumnFacts(column.name, sum(rows), _largest(gaps), _largest(parts), first))
    return tuple(facts)


def _largest(values: Sequence[float | None]) -> float | None:
    return max((v for v in values if v is not None), default=None)
