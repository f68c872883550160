"""Large tables that differ: a pass a side finds the buckets of rows that differ, a second copies those.

A bucket is all rows whose key (or, without one, some plain columns) hashes to the same number. Where two
sides' buckets hold the same rows, the exclusive-or of all their hashes is 0, in whatever order they are. It
may be 0 for another reason (a row that one side has twice more): what is found so is a guess that narrow.py
proves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from validation.parity.fingerprint import Frame, Plan, hash_of
from validation.parity.session import SIDES
from validation.sql import identifier

if TYPE_CHECKING:
    from validation.parity.session import Session

LARGE = 200_000
"""Rows from which on all years are fingerprinted at once."""
NUMBER = 1 << 16
"""Buckets: as many as a USMALLINT counts, for DuckDB then groups without hashing once more."""
SPARSE = 0.4
"""The part of all buckets up to which copying their rows is cheaper than to look at all rows again."""
PLAIN = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DATE", "TIMESTAMP", "UUID", "DECIMAL")
SEVERAL = 3


def parted_by(plan: Plan, key: Sequence[int]) -> Sequence[int]:
    """The columns that buckets are made by: the key, else some that are cheap to read, else all."""
    plain = [
        i for i, c in enumerate(plan.columns) if i != plan.year and c.type.startswith(PLAIN) and not c.nested
    ]
    return key or plain[:SEVERAL] or range(len(plan.columns))


def differing(
    session: Session, plan: Plan, frames: Sequence[Frame], by: Sequence[int], chosen: Sequence[int]
) -> int:
    """Store as `buckets` those whose rows differ in the chosen columns, and tell how many they are."""
    rows = " UNION ALL ".join(
        f"SELECT {_bucket(plan, f, by)}, hash({hash_of(plan, f, chosen)}) AS h FROM {f.source}"
        for f in frames
    )
    with _grouped_by_place(session):
        table = session.keep("buckets", f"SELECT b FROM ({rows}) GROUP BY b HAVING bit_xor(h) <> 0")
    return int(session.row(f"SELECT count(*) FROM {table}")[0])


def fullest(session: Session, plan: Plan, source: Frame, by: Sequence[int]) -> tuple[int, int]:
    """How many rows the fullest bucket holds, and all of them."""
    with _grouped_by_place(session):
        parted = f"SELECT {_bucket(plan, source, by)} FROM {source.source}"
        largest, rows = session.row(
            f"SELECT max(n), sum(n) FROM (SELECT count(*) AS n FROM ({parted}) GROUP BY b)"
        )
    return int(largest or 0), int(rows or 0)


@contextmanager
def _grouped_by_place(session: Session) -> Iterator[None]:
    """While DuckDB groups by a USMALLINT in an array of all its values."""
    session.run("SET perfect_ht_threshold = 17")
    try:
        yield
    finally:
        session.run("RESET perfect_ht_threshold")


def suspects(
    session: Session, plan: Plan, frames: Sequence[Frame], by: Sequence[int], wanted: Sequence[Sequence[int]]
) -> list[Frame]:
    """Copy the rows of the stored buckets, of each side the columns that are wanted there."""
    copies = []
    names = tuple(identifier(f"c{i}") for i in range(len(plan.columns)))
    for side, source, chosen in zip(SIDES, frames, wanted, strict=True):
        own = ", ".join(f"{source.names[i]} AS {names[i]}" for i in chosen)
        table = session.keep(
            f"{side}_copy",
            f"SELECT {', '.join(names[i] for i in chosen)} FROM "
            f"(SELECT {own}, {_bucket(plan, source, by)} FROM {source.source}) JOIN buckets USING (b)",
        )
        copies.append(Frame(table, names))
    return copies


def _bucket(plan: Plan, source: Frame, by: Sequence[int]) -> str:
    return f"CAST(hash({source.arguments(plan.columns, by)}) & {NUMBER - 1} AS USMALLINT) AS b"
