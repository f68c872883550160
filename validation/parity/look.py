"""A closer look at a table whose fingerprints differ: which rows, paired how, and what differs in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from validation.parity import explain, pairing
from validation.parity.difference import keep_hashes, keep_rows, no_places, places
from validation.parity.report import Allowed, TableReport
from validation.parity.samples import export, samples
from validation.parity.tolerance import Loose, crowded
from validation.parity.verdict import conclude

if TYPE_CHECKING:
    from validation.parity.fingerprint import Frame, Plan, Prints, RawYear
    from validation.parity.session import Session
    from validation.parity.table import Table
    from validation.parity.verdict import Outcome


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
        pairs, told = loose.all_near(self.session, self.frames, self.table.key(), self.chosen, max(self.rows))
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

    def fetch(self) -> tuple[int, int]:
        """Store the rows at the places found."""
        return keep_rows(self.session, self.plan, self.frames)

    def describe(self, outcome: Outcome, allowed: tuple[Allowed, ...], rows: tuple[int, int]) -> TableReport:
        """Pair the stored rows, count them and show some."""
        table, key = self.table, self.table.key()
        if not any(rows):
            return conclude(outcome)
        if key:
            shared = pairing.by_key(self.session, key)
            shown: Sequence[int] = key
        else:
            shared, shown = False, explain.by_other_columns(self.session, self.plan, rows)
        counts = pairing.count(self.session, self.plan, allowed, paired=bool(key))
        if table.export:
            export(self.session, self.plan, table.name, table.export, table.export_format)
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
