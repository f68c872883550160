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
BUCKETS = 65_535


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
        one, two = _narrowed(session, one, two)
    session.keep(
        "surplus",
        f"SELECT h, sum(s) AS n FROM (SELECT h, 1 AS s FROM {one} UNION ALL SELECT h, -1 FROM {two}) "
        "GROUP BY h HAVING sum(s) <> 0",
    )
    left, right = (
        session.keep(
            f"{side}_places",
            "SELECT i FROM (SELECT i, n, row_number() OVER (PARTITION BY h ORDER BY i) AS k "
            f"FROM {rows_of} JOIN (SELECT h, CAST({sign} * n AS BIGINT) AS n FROM surplus) USING (h) "
            "WHERE n > 0) WHERE k <= n",
        )
        for side, rows_of, sign in (("left", one, 1), ("right", two, -1))
    )
    return left, right


def _narrowed(session: Session, one: str, two: str) -> tuple[str, str]:
    """Only the rows of buckets whose counts or sums differ: a cheap pass that leaves few rows to group."""
    halves = " UNION ALL ".join(
        f"SELECT h & {BUCKETS} AS b, {sign}1 AS s, {sign}CAST(h >> 1 AS BIGINT) AS v FROM {rows}"
        for rows, sign in ((one, ""), (two, "-"))
    )
    session.keep("buckets", f"SELECT b FROM ({halves}) GROUP BY b HAVING sum(s) <> 0 OR sum(v) <> 0")
    left, right = (
        session.keep(
            f"{side}_suspects", f"SELECT r.* FROM {rows} r SEMI JOIN buckets ON (r.h & {BUCKETS}) = b"
        )
        for side, rows in (("left", one), ("right", two))
    )
    return left, right


def keep_rows(session: Session, plan: Plan, frames: Sequence[Frame]) -> tuple[int, int]:
    """Store the rows at the places left over as `left_rows` and `right_rows`, values in comparable form.

    Columns are `y` and `c0`, `c1`, … in the plan's order. Gives the number of rows on each side.
    """
    for side, frame in zip(SIDES, frames, strict=True):
        wanted = [f"{plan.year_of(frame)} AS y"]
        wanted += [f"{c.value(f't.{frame.names[i]}')} AS c{i}" for i, c in enumerate(plan.columns)]
        session.keep(
            f"{side}_rows",
            f"SELECT {', '.join(wanted)} FROM {frame.source} AS t "
            f"SEMI JOIN {side}_places AS p ON t.rowid = p.i",
        )
    left, right = session.row("SELECT (SELECT count(*) FROM left_rows), (SELECT count(*) FROM right_rows)")
    return int(left), int(right)


def no_places(session: Session) -> None:
    """Start with no row left over on either side."""
    for side in SIDES:
        session.keep(f"{side}_places", "SELECT 0::BIGINT AS i WHERE false")
