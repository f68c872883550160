"""Tier 2: the places of the rows that one side has more of, found by hash, whatever the keys are.

The rows are taken as a multiset: a row that the left has three times and the right once is left
over twice. Nothing is joined on a key here, so duplicate and NULL keys cannot multiply or hide rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from validation.parity.fingerprint import Frame, Plan, RawYear, hashes
from validation.parity.session import SIDES
from validation.sql import one_of

if TYPE_CHECKING:
    from validation.parity.session import Session

MANY = 200_000
"""Rows from which on it pays to narrow the search to buckets of hashes first."""
BITS = 14
"""Bits of the hash that a bucket is made of: more would not stay in a processor's cache."""
AGAIN = 20_000
"""Rows left by that from which on other bits are tried."""


def keep_hashes(
    session: Session, plan: Plan, frames: Sequence[Frame], years: Sequence[RawYear] | None
) -> tuple[str, str]:
    """Store both sides' hashes with the places of their rows."""
    left, right = (
        session.keep(f"{side}_hashes", f"FROM {hashes(plan, frame, years, places=True)}")
        for side, frame in zip(SIDES, frames, strict=True)
    )
    return left, right


def places(
    session: Session, stored: Sequence[str], years: Sequence[RawYear] | None, rows: int, by: str = "h"
) -> tuple[str, str]:
    """Tables of the places (`i`) of the rows left over on each side.

    Args:
        session: where the hashes are stored.
        stored: what `keep_hashes` gave.
        years: the years to look at; None for all.
        rows: how many rows that is, roughly.
        by: the column of the stored tables that holds the hash.
    """
    where = "" if years is None else f" WHERE {one_of('y', years)}"
    one, two = (f"(SELECT {by} AS h, i FROM {table}{where})" for table in stored)
    if rows >= MANY:
        one, two, rest = _narrowed(session, one, two, "suspects", 0)
        if rest >= AGAIN:
            one, two, _ = _narrowed(session, one, two, "few", BITS)
    session.keep(
        "surplus",
        "SELECT h, sum(s) AS n, count(*) AS c, any_value(i) AS i FROM "
        f"(SELECT h, i, 1 AS s FROM {one} UNION ALL SELECT h, i, -1 FROM {two}) "
        "GROUP BY h HAVING sum(s) <> 0",
    )
    single = session.row("SELECT coalesce(max(c), 1) = 1 FROM surplus")[0]
    left, right = (
        session.keep(f"{side}_places", _single(sign) if single else _ranked(rows_of, sign))
        for side, rows_of, sign in (("left", one, 1), ("right", two, -1))
    )
    return left, right


def _single(sign: int) -> str:
    """Where each hash left over is one row's, its place is known."""
    return f"SELECT i FROM surplus WHERE n = {sign}"


def _ranked(rows: str, sign: int) -> str:
    """Of equal rows, as many as one side has more."""
    return (
        "SELECT i FROM (SELECT r.i, n, row_number() OVER (PARTITION BY h ORDER BY r.i) AS k "
        f"FROM {rows} AS r JOIN (SELECT h, CAST({sign} * n AS BIGINT) AS n FROM surplus) USING (h) "
        "WHERE n > 0) WHERE k <= n"
    )


def _narrowed(session: Session, one: str, two: str, name: str, shift: int) -> tuple[str, str, int]:
    """Only the rows of buckets whose sums differ, and their number: a cheap pass that leaves few to group.

    A row of zeros has the hash 0, which no sum would notice: the last bit makes an odd number of each.
    """
    bucket = f"(h >> {shift}) & {(1 << BITS) - 1}"
    halves = " UNION ALL ".join(
        f"SELECT {bucket} AS b, {sign}CAST((h >> 1) | 1 AS BIGINT) AS v FROM {rows}"
        for rows, sign in ((one, ""), (two, "-"))
    )
    session.keep("buckets", f"SELECT b FROM ({halves}) GROUP BY b HAVING sum(v) <> 0")
    left, right = (
        session.keep(f"{side}_{name}", f"SELECT r.* FROM {rows} r SEMI JOIN buckets ON {bucket} = b")
        for side, rows in (("left", one), ("right", two))
    )
    rest = session.row(f"SELECT (SELECT count(*) FROM {left}) + (SELECT count(*) FROM {right})")
    return left, right, int(rest[0])


def keep_rows(session: Session, plan: Plan, frames: Sequence[Frame]) -> tuple[int, int]:
    """Store the rows at the places left over as `left_rows` and `right_rows`, values in comparable form.

    Columns are `y` and `c0`, `c1`, … in the plan's order. Gives the number of rows on each side.
    """
    for side, source in zip(SIDES, frames, strict=True):
        keep_side(session, plan, source, side, range(len(plan.columns)))
    left, right = session.row("SELECT (SELECT count(*) FROM left_rows), (SELECT count(*) FROM right_rows)")
    return int(left), int(right)


def keep_side(session: Session, plan: Plan, source: Frame, side: str, chosen: Sequence[int]) -> None:
    """Store one side's rows at the places left over, with only some columns."""
    wanted = [f"{plan.year_of(source)} AS y"]
    wanted += [f"{plan.columns[i].value(f't.{source.names[i]}')} AS c{i}" for i in chosen]
    session.keep(
        f"{side}_rows",
        f"SELECT {', '.join(wanted)} FROM {source.source} AS t SEMI JOIN {side}_places AS p ON t.rowid = p.i",
    )


def no_places(session: Session) -> None:
    """Start with no row left over on either side."""
    for side in SIDES:
        session.keep(f"{side}_places", "SELECT 0::BIGINT AS i WHERE false")
