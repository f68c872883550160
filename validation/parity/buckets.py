"""Large tables: one pass a side finds the buckets of rows that differ, a second reads only those.

A bucket is all rows whose key (or, without one, some plain columns) hashes to the same number. Two
sides' buckets agree when the sums of their rows' hashes do: then they hold the same rows, however
often and in whatever order, whether or not the key is one. Rows of the other buckets are copied and
looked at closely; what a bucket is made of decides how many those are, never what is found in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from validation.parity.fingerprint import Frame, Plan, hash_of
from validation.parity.session import SIDES
from validation.sql import identifier

if TYPE_CHECKING:
    from validation.parity.session import Session

LARGE = 200_000
"""Rows from which on all years are fingerprinted at once."""
HUGE = 3_000_000
"""Rows from which on differing rows are narrowed to buckets; below, a hash a row is kept in memory."""
ROWS_A_BUCKET = 160
MOST = 1 << 17
"""Buckets at most: more would not stay in a processor's cache."""
SPARSE = 0.4
"""The part of all buckets up to which copying their rows is cheaper than to look at all rows again."""
PLAIN = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DATE", "TIMESTAMP", "UUID", "DECIMAL")
SEVERAL = 3


def number(rows: int) -> int:
    """How many buckets for that many rows: a power of two."""
    return min(MOST, 1 << max(4, (rows // ROWS_A_BUCKET).bit_length()))


def parted_by(plan: Plan, key: Sequence[int]) -> Sequence[int]:
    """The columns that buckets are made by: the key, else some that are cheap to read, else all."""
    plain = [
        i for i, c in enumerate(plan.columns) if i != plan.year and c.type.startswith(PLAIN) and not c.nested
    ]
    return key or plain[:SEVERAL] or range(len(plan.columns))


def differing(
    session: Session,
    plan: Plan,
    frames: Sequence[Frame],
    by: Sequence[int],
    buckets: int,
    chosen: Sequence[int] | None = None,
) -> int:
    """Store as `buckets` those whose rows differ (in the chosen columns), and tell how many they are."""
    chosen = plan.strict if chosen is None else chosen
    halves = " UNION ALL ".join(
        f"SELECT b, {sign}sum(hash(h)) AS s FROM (SELECT {hash_of(plan, f, chosen)} AS h, "
        f"{_bucket(plan, f, by, buckets)} FROM {f.source}) GROUP BY b"
        for f, sign in zip(frames, ("", "-"), strict=True)
    )
    table = session.keep("buckets", f"SELECT b FROM ({halves}) GROUP BY b HAVING sum(s) <> 0")
    return int(session.row(f"SELECT count(*) FROM {table}")[0])


def suspects(
    session: Session, plan: Plan, frames: Sequence[Frame], by: Sequence[int], buckets: int
) -> list[Frame]:
    """Copy the rows of the stored buckets."""
    copies = []
    names = tuple(identifier(f"c{i}") for i in range(len(plan.columns)))
    for side, source in zip(SIDES, frames, strict=True):
        own = ", ".join(f"{old} AS {new}" for old, new in zip(source.names, names, strict=True))
        table = session.keep(
            f"{side}_copy",
            f"SELECT {', '.join(names)} FROM (SELECT {own}, {_bucket(plan, source, by, buckets)} "
            f"FROM {source.source}) SEMI JOIN buckets USING (b)",
        )
        copies.append(Frame(table, names))
    return copies


def suspected_hashes(
    plan: Plan, source: Frame, by: Sequence[int], buckets: int, chosen: Sequence[int]
) -> str:
    """A query for the hashes and places of the rows of the stored buckets."""
    return (
        f"SELECT hash(h) AS h, i FROM (SELECT {hash_of(plan, source, chosen)} AS h, rowid AS i, "
        f"{_bucket(plan, source, by, buckets)} FROM {source.source}) SEMI JOIN buckets USING (b)"
    )


def _bucket(plan: Plan, source: Frame, by: Sequence[int], buckets: int) -> str:
    return f"hash({source.arguments(plan.columns, by)}) & {buckets - 1} AS b"
