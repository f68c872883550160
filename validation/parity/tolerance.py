"""Columns that may differ a little: which rows differ by more, and by how much the others differ.

Two finite numbers agree when they are at most `absolute` apart, or at most `relative` times the
larger magnitude. Everything else (NULL, NaN, infinities) must be the same. Whole numbers and
decimals are subtracted exactly before anything is rounded to a double.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validation.parity import buckets
from validation.parity.columns import Column
from validation.parity.fingerprint import Frame, Plan, RawYear, hashes
from validation.parity.report import Allowed
from validation.parity.session import SIDES, VALUE
from validation.sql import all_of, any_of

if TYPE_CHECKING:
    from validation.parity.session import Session

MOST_PARTS = 64
"""Parts of a join, each of which reads both sides once."""


def limit(column: Column, allowed: Allowed, left: str, right: str) -> str:
    """How far two numbers may be apart."""
    return limit_of(allowed, column.size(left, right))


def limit_of(allowed: Allowed, size: str) -> str:
    """The same for two numbers whose larger magnitude is `size`."""
    relative = f"{allowed.relative!r} * {size}"
    if not allowed.absolute:
        return relative if allowed.relative else "0.0"
    return f"greatest({allowed.absolute!r}, {relative})" if allowed.relative else repr(allowed.absolute)


def beyond(column: Column, allowed: Allowed, left: str, right: str) -> str:
    """Whether two values differ by more than is allowed; never NULL."""
    near = f"{column.distance(left, right)} <= {limit(column, allowed, left, right)}"
    return f"({left} IS DISTINCT FROM {right} AND NOT coalesce({near}, false))"


@dataclass(frozen=True)
class Measured:
    """Pairs of rows: `left` and `right` count each side's rows in them, unpaired ones included.

    `wrong` is how many pairs are too far apart; their places are stored as `beyond`.
    """

    left: int
    right: int
    wrong: int
    allowed: tuple[Allowed, ...]


@dataclass(frozen=True)
class Loose:
    """The columns with a tolerance, and the plan they are part of."""

    plan: Plan
    allowed: tuple[Allowed, ...]

    def measured(self, session: Session, pairs: str) -> Measured:
        """Measure pairs: a FROM with `li` and `ri` as places, and `l0`, `r0`, `l1`, … as loose values."""
        inner, wanted = ["li", "ri"], ["count(*)", "count(li)", "count(ri)"]
        for n, (i, allowed) in enumerate(zip(self.plan.loose, self.allowed, strict=True)):
            column, one, two = self.plan.columns[i], f"l{n}", f"r{n}"
            inner.append(f"{column.distance(one, two)} AS g{n}")
            inner.append(f"{column.size(one, two)} AS s{n}")
            inner.append(f"g{n} <= {limit(column, allowed, one, two)} AS near{n}")
            wanted.append(f"count(*) FILTER (near{n})")
            wanted.append(f"max(CASE WHEN near{n} THEN g{n} END)")
            wanted.append(f"max(CASE WHEN near{n} THEN g{n} / nullif(s{n}, 0) END)")
        total, left, right, *found = session.row(
            f"SELECT {', '.join(wanted)} FROM (SELECT {', '.join(inner)} FROM {pairs})"
        )
        seen = zip(self.allowed, found[1::3], found[2::3], strict=True)
        told = tuple(replace(a, max_absolute=x, max_relative=y) for a, x, y in seen)
        # NULL against NULL, NaN and infinities are no numbers apart: only then is each pair asked in full.
        doubtful = any(near != left + right - total for near in found[::3])
        return Measured(left, right, self._wrong(session, pairs) if doubtful else 0, told)

    def all_near(
        self,
        session: Session,
        frames: Sequence[Frame],
        key: Sequence[int],
        years: Sequence[RawYear] | None,
        rows: int,
    ) -> tuple[int, tuple[Allowed, ...]]:
        """How many pairs of the same key there are; the tolerances, measured, if all pairs keep to them.

        Where both sides hold the same strict columns (their key among them), as many pairs as rows say
        that no two rows share a key: then nothing else needs to be asked.
        """
        inner, wanted, near = [], [], []
        for n, (i, allowed) in enumerate(zip(self.plan.loose, self.allowed, strict=True)):
            column, one, two = self.plan.columns[i], f"l{n}", f"r{n}"
            inner += [f"{column.gap(one, two)} AS g{n}", f"{column.size(one, two)} AS s{n}"]
            most = limit_of(allowed, f"s{n}")
            inner.append(f"{one} IS NOT DISTINCT FROM {two} AS e{n}")
            near.append(f"(g{n} <= {most} AND g{n} < 'inf'::DOUBLE) OR e{n}")
            wanted += [f"max(g{n})", f"max(g{n} / nullif(s{n}, 0))"]
        told = [
            session.row(
                f"SELECT count(*), count(*) FILTER ({all_of(near)}), {', '.join(wanted)} "
                f"FROM (SELECT {', '.join(inner)} FROM {same})"
            )
            for same in self._parted(session, frames, key, years, rows)
        ]
        pairs, close = (sum(int(part[n]) for part in told) for n in (0, 1))
        parts = [[part[n] for part in told if part[n] is not None] for n in range(2, 2 + len(wanted))]
        if close != pairs or not all(math.isfinite(x) for values in parts for x in values):
            return pairs, ()
        found = [max(values, default=None) for values in parts]
        seen = zip(self.allowed, found[::2], found[1::2], strict=True)
        return pairs, tuple(replace(a, max_absolute=x, max_relative=y) for a, x, y in seen)

    def _parted(
        self,
        session: Session,
        frames: Sequence[Frame],
        key: Sequence[int],
        years: Sequence[RawYear] | None,
        rows: int,
    ) -> list[str]:
        """The joins of both sides: one, or so many by the key's hash that none has to be spilled to disk."""
        held = rows * (len(key) + len(self.plan.loose)) * VALUE
        number = 1 if session.limit is None else min(MOST_PARTS, 1 + held // session.limit)
        if number == 1:
            return [self.joined(frames, key, years, places=False)]
        return [self.joined(frames, key, years, places=False, part=(n, number)) for n in range(number)]

    def _wrong(self, session: Session, pairs: str) -> int:
        both = "li IS NOT NULL AND ri IS NOT NULL"
        table = session.keep("beyond", f"SELECT li, ri FROM {pairs} WHERE {both} AND {self._beyond()}")
        return int(session.row(f"SELECT count(*) FROM {table}")[0])

    def _beyond(self) -> str:
        flags = zip(self.plan.loose, self.allowed, strict=True)
        some = (beyond(self.plan.columns[i], a, f"l{n}", f"r{n}") for n, (i, a) in enumerate(flags))
        return f"({any_of(some)})"

    def joined(
        self,
        frames: Sequence[Frame],
        key: Sequence[int],
        years: Sequence[RawYear] | None,
        *,
        places: bool = True,
        part: tuple[int, int] = (0, 1),
    ) -> str:
        """Both sides' rows of the same key, and those without a partner (a FROM for `measured`).

        Without `places`, only those that have a partner. `part` of `(n, number)`: only keys of that part.
        """
        halves = []
        for prefix, frame in zip("lr", frames, strict=True):
            wanted = [f"rowid AS {prefix}i"] if places else []
            wanted += [f"{frame.names[i]} AS {prefix}{n}" for n, i in enumerate(self.plan.loose)]
            wanted += [f"{self.plan.columns[i].value(frame.names[i])} AS {prefix}k{i}" for i in key]
            where = self.plan.where(frame, years)
            if part[1] > 1:
                hashed = f"hash({frame.arguments(self.plan.columns, key)}) % {part[1]} = {part[0]}"
                where = f"{where} AND {hashed}" if where else f" WHERE {hashed}"
            halves.append(f"(SELECT {', '.join(wanted)} FROM {frame.source}{where})")
        same = all_of(f"lk{i} IS NOT DISTINCT FROM rk{i}" for i in key)
        return f"{halves[0]} {'FULL OUTER' if places else 'INNER'} JOIN {halves[1]} ON {same}"

    def add_places(self, session: Session) -> None:
        """Add the places that `measured` stored to `left_places` and `right_places`."""
        for side, place in zip(SIDES, ("li", "ri"), strict=True):
            table = f"{side}_places"
            session.run(
                f"INSERT INTO {table} SELECT DISTINCT {place} FROM beyond "
                f"WHERE {place} NOT IN (SELECT i FROM {table})"
            )

    def ranked(self, session: Session, frames: Sequence[Frame], years: Sequence[RawYear] | None) -> str:
        """Both sides' rows paired without a key: equal in all other columns, and of the same rank in these.

        Stores `left_hashes` and `right_hashes`; gives a FROM for `measured`, whose `h` is the group.
        Pairing by rank finds the closest pairs where one column is loose; where several are, rows
        that only another pairing would match count as different.
        """
        order = ", ".join(f"v{n}" for n in range(len(self.plan.loose)))
        for side, frame in zip(SIDES, frames, strict=True):
            values = ", ".join(f"{frame.names[i]} AS v{n}" for n, i in enumerate(self.plan.loose))
            source = hashes(self.plan, frame, years, places=True, more=values)
            session.keep(
                f"{side}_hashes",
                f"SELECT *, row_number() OVER (PARTITION BY h ORDER BY {order}) AS k FROM {source}",
            )
        numbers = range(len(self.plan.loose))
        values = ", ".join(f"l.v{n} AS l{n}, r.v{n} AS r{n}" for n in numbers)
        return (
            f"(SELECT h, l.i AS li, r.i AS ri, {values} FROM left_hashes AS l "
            "FULL OUTER JOIN right_hashes AS r USING (h, k))"
        )

    def bad_groups(self, session: Session, pairs: str) -> None:
        """Keep, of the stored hashes, only the groups in which a row has no partner or one too far off."""
        session.keep(
            "beyond",
            f"SELECT DISTINCT h FROM {pairs} WHERE li IS NULL OR ri IS NULL OR {self._beyond()}",
        )
        for side in SIDES:
            session.keep(f"{side}_hashes", f"SELECT y, f, i FROM {side}_hashes SEMI JOIN beyond USING (h)")


def crowded(session: Session, plan: Plan, frame: Frame, key: Sequence[int]) -> bool:
    """Whether so many rows may share a key that joining on it could multiply them beyond reason."""
    largest, rows = buckets.fullest(session, plan, frame, key)
    return largest > 64 + 4 * rows / buckets.NUMBER
