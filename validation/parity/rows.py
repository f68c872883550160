"""The rows of one table: fingerprints first, and a closer look at the years whose fingerprints differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from validation.parity import buckets, explain, pairing
from validation.parity.difference import keep_hashes, keep_rows, no_places, places
from validation.parity.fingerprint import copied, frame, hashes, prints
from validation.parity.report import Allowed, TableReport
from validation.parity.samples import export, samples
from validation.parity.session import SIDES
from validation.parity.table import at_hand, count_rows, schema_changes
from validation.parity.tolerance import Loose, crowded
from validation.parity.verdict import Outcome, conclude

if TYPE_CHECKING:
    from validation.parity.fingerprint import Frame, Plan, Prints, RawYear
    from validation.parity.report import SchemaChange
    from validation.parity.session import Session
    from validation.parity.table import Table

Both = tuple["Prints", "Prints"]

TEMPORARY = (
    *(
        f"{side}_{what}"
        for side in SIDES
        for what in ("home", "copy", "hashes", "suspects", "places", "rows", "values")
    ),
    *("surplus", "buckets", "beyond", "pairs", "agreed"),
)


def compare_table(session: Session, table: Table) -> TableReport:
    """Compare one table; whatever was stored on the way is freed.

    Raises:
        duckdb.Error: a query failed (a view that cannot be read, no memory, no disk).
    """
    trouble = [f"{side}: {r.trouble}" for side, r in zip(SIDES, table.sides, strict=True) if r.trouble]
    if trouble:
        return replace(table.shell, reason="cannot be read, " + "; ".join(trouble))
    changes = schema_changes(table)
    if changes:
        return _schema(session, table, changes)
    if not table.columns:
        return replace(table.shell, reason="every column is ignored: nothing was compared")
    try:
        return _compare(session, at_hand(session, table))
    finally:
        session.free()


def _schema(session: Session, table: Table, changes: tuple[SchemaChange, ...]) -> TableReport:
    left, right = (count_rows(session, r) for r in table.sides)
    return replace(
        table.shell,
        verdict="schema",
        reason="; ".join(f"{c.column}: {c.left or 'absent'} | {c.right or 'absent'}" for c in changes),
        columns=tuple(c.column for c in changes),
        schema_changes=changes,
        rows_left=left,
        rows_right=right,
    )


def _compare(session: Session, table: Table) -> TableReport:
    plan = table.plan()
    frames: Sequence[Frame] = [frame(r.source, plan.columns) for r in table.sides]
    size = 0 if plan.loose else max(r.size for r in table.sides)
    if size >= buckets.HUGE:
        return _compare_huge(session, table, plan, frames)
    one, two = prints(session, plan, *(hashes(plan, f) for f in frames))
    years = tuple(y for y in {**one, **two} if one.get(y) != two.get(y))
    outcome = Outcome(table.shell, table.rules, one, two, years)
    if not years:
        return conclude(outcome)
    if size >= buckets.LARGE:
        found = _parted(session, table, plan, frames)
        look = _look_at_parts(session, table, plan, frames, found, (one, two))
    else:
        frames = _at_places(session, table, plan, frames, years)
        look = Look(session, table, plan, frames, one, two, years)
    near = look.near() if plan.loose else ()
    if near:
        return conclude(replace(outcome, shell=replace(table.shell, tolerated=near)))
    allowed = look.find_loose() if plan.loose else look.find()
    outcome = replace(outcome, shell=replace(table.shell, tolerated=allowed))
    return look.describe(outcome, allowed)


def _compare_huge(session: Session, table: Table, plan: Plan, frames: Sequence[Frame]) -> TableReport:
    found = _parted(session, table, plan, frames)
    one, two = buckets.years(session, plan, frames, found)
    outcome = Outcome(table.shell, table.rules, one, two)
    if not found:
        return conclude(outcome)
    look = _look_at_parts(session, table, plan, frames, found, (one, two))
    look.find()
    return look.describe(replace(outcome, suspected=look.years), ())


def _parted(session: Session, table: Table, plan: Plan, frames: Sequence[Frame]) -> int:
    by = buckets.parted_by(plan, table.key())
    return buckets.differing(session, plan, frames, by, table.buckets)


def _look_at_parts(
    session: Session,
    table: Table,
    plan: Plan,
    frames: Sequence[Frame],
    found: int,
    prints: tuple[Prints, Prints],
) -> Look:
    """A look at the rows of the buckets found, or at all rows where these are most of them."""
    if found < table.buckets * buckets.SPARSE:
        by = buckets.parted_by(plan, table.key())
        frames = buckets.suspects(session, plan, frames, by, table.buckets)
    else:
        frames = _at_places(session, table, plan, frames, None)
    return Look(session, table, plan, frames, *prints, tuple({**prints[0], **prints[1]}))


def _at_places(
    session: Session, table: Table, plan: Plan, frames: Sequence[Frame], years: Sequence[RawYear] | None
) -> list[Frame]:
    """Rows without places to look them up again are copied."""
    return [
        f if r.places else copied(session, f"{side}_copy", f, plan, years)
        for side, r, f in zip(SIDES, table.sides, frames, strict=True)
    ]


@dataclass(frozen=True)
class Look:
    """A closer look at the years of one table whose fingerprints differ."""

    session: Session
    table: Table
    plan: Plan
    frames: Sequence[Frame]
    left: Prints
    right: Prints
    years: tuple[RawYear, ...]

    @property
    def chosen(self) -> Sequence[RawYear] | None:
        """The years to look at, None for all there are: then no row is asked for its year."""
        return None if len(self.years) == len({**self.left, **self.right}) else self.years

    @property
    def rows(self) -> tuple[int, int]:
        """The rows of both sides in those years."""
        left, right = (sum(side[y].rows for y in self.years if y in side) for side in (self.left, self.right))
        return left, right

    def find(self) -> tuple[Allowed, ...]:
        """Find the places of the rows left over."""
        stored = keep_hashes(self.session, self.plan, self.frames, self.chosen)
        places(self.session, stored, self.chosen, max(self.rows))
        return ()

    @cached_property
    def strict(self) -> bool:
        """Whether columns without a tolerance differ."""
        return any(_strict(self.left, y) != _strict(self.right, y) for y in self.years)

    @cached_property
    def joinable(self) -> bool:
        """Whether there is a key that rows can be joined on without being multiplied beyond reason."""
        key = self.table.key()
        return bool(key) and (self._declared() or not self._crowded(key))

    def near(self) -> tuple[Allowed, ...]:
        """Where tolerances explain every difference: how much they let through. Else nothing."""
        if self.strict or not self.joinable:
            return ()
        loose = Loose(self.plan, self.table.rules.tolerated)
        pairs, told = loose.all_near(self.session, self.frames, self.table.key(), self.chosen)
        return told if (pairs, pairs) == self.rows else ()

    def find_loose(self) -> tuple[Allowed, ...]:
        """The same where some columns may differ a little; gives how much they do where it is allowed."""
        loose = Loose(self.plan, self.table.rules.tolerated)
        if self.joinable:
            both = loose.joined(self.frames, self.table.key(), self.chosen)
            found = loose.measured(self.session, both)
            # A key that rows share makes pairs beyond each side's rows, whatever it is declared to be.
            if (found.left, found.right) == self.rows:
                if self.strict:
                    self.find()
                else:
                    no_places(self.session)
                if found.wrong:
                    loose.add_places(self.session)
                return found.allowed
        ranked = loose.ranked(self.session, self.frames, self.chosen)
        allowed = loose.measured(self.session, ranked).allowed
        loose.bad_groups(self.session, ranked)
        places(self.session, ("left_hashes", "right_hashes"), self.chosen, max(self.rows), by="f")
        return allowed

    def describe(self, outcome: Outcome, allowed: tuple[Allowed, ...]) -> TableReport:
        """Fetch the rows found, pair them, count them and show some."""
        table, key = self.table, self.table.key()
        rows = keep_rows(self.session, self.plan, self.frames)
        if not any(rows):
            return conclude(outcome)
        if key:
            shared = pairing.by_key(self.session, key)
            shown: Sequence[int] = key
        else:
            shared, shown = False, explain.by_other_columns(self.session, self.plan, rows)
        counts = pairing.count(self.session, self.plan, allowed, paired=bool(key))
        if table.export:
            export(self.session, self.plan, table.name, table.export)
        found = samples(self.session, self.plan, allowed, shown, table.limit, counts)
        return conclude(replace(outcome, counts=counts, shared_key=shared, samples=found))

    def _crowded(self, key: Sequence[int]) -> bool:
        # One side without a crowd is enough: then no row of the other has many partners.
        return all(crowded(self.session, self.plan, f, key) for f in self.frames)

    def _declared(self) -> bool:
        """Whether both databases themselves keep the key unique."""
        key = set(self.table.rules.key)
        return all(r.primary_key and set(r.primary_key) <= key for r in self.table.sides)


def _strict(side: Prints, year: RawYear) -> tuple[int, int] | None:
    found = side.get(year)
    return (found.rows, found.strict) if found else None
