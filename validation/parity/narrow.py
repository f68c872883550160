"""Large tables that differ: the rows left over, with as little read again as can be.

The rows of buckets that differ are copied and looked at. Where the first pass hinted that text and nested
values agree, the left side's are not read again: its rows left over are found by the other columns, and take
the dear values of the right row with their key. Both are guesses, and proven before they are used: what
remains of both sides' fingerprints without the rows found must be one number. Else all rows are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.parity import buckets
from validation.parity.difference import keep_rows, keep_side, places
from validation.parity.fingerprint import Frame, copied, hash_of, hashed
from validation.parity.session import SIDES, VALUE
from validation.sql import all_of, identifier

if TYPE_CHECKING:
    from validation.parity.fingerprint import Plan, Print
    from validation.parity.session import Session


@dataclass(frozen=True)
class Narrow:
    """Two sides whose fingerprints `whole` differ; `placed` says whose rows have places to look up again."""

    session: Session
    plan: Plan
    frames: Sequence[Frame]
    key: Sequence[int]
    whole: tuple[Print, Print]
    placed: Sequence[bool]

    def keep_rows(self) -> tuple[int, int]:
        """Store the rows left over as `left_rows` and `right_rows`; gives their numbers."""
        one, two = self.whole
        heavy = self.plan.heavy(self.key)
        hinted = heavy and one.heavy == two.heavy and one.rows == two.rows
        return self._guessed([i for i in self.plan.strict if not (hinted and i in heavy)]) or self._found()

    def _guessed(self, chosen: Sequence[int]) -> tuple[int, int] | None:
        """The rows that differ in these columns, if they prove to be all there are; None says nothing."""
        session, plan, by = self.session, self.plan, buckets.parted_by(self.plan, self.key)
        number = session.frugal(
            len(chosen), lambda: buckets.differing(session, plan, self.frames, by, chosen)
        )
        few, light = number < buckets.NUMBER * buckets.SPARSE, len(chosen) < len(plan.strict)
        if not number or not (few or light):
            return None
        everything, left = range(len(plan.columns)), chosen if self.key else range(len(plan.columns))
        if few:
            keeps = 3 * VALUE * max(p.rows for p in self.whole) * number // buckets.NUMBER * len(everything)
            frames = session.frugal(
                len(everything),
                lambda: buckets.suspects(session, plan, self.frames, by, (left, everything)),
                keeps,
            )
        else:
            frames = self._everywhere()
        self._find(frames, chosen, number)
        if light and self.key:
            found = self._with_partners_values(frames, chosen)
        else:
            found = keep_rows(session, plan, frames)
        return found if any(found) and self._explained() else None

    def _found(self) -> tuple[int, int]:
        """All rows that differ in any column."""
        frames = self._everywhere()
        self._find(frames, self.plan.strict, buckets.NUMBER)
        return keep_rows(self.session, self.plan, frames)

    def _everywhere(self) -> list[Frame]:
        sides = zip(SIDES, self.placed, self.frames, strict=True)
        return [f if p else copied(self.session, f"{side}_copy", f, self.plan, None) for side, p, f in sides]

    def _find(self, frames: Sequence[Frame], chosen: Sequence[int], number: int) -> None:
        """Store the places of the rows left over among those of that many buckets."""
        stored = [
            self.session.keep(
                f"{side}_hashes",
                f"SELECT hash({hash_of(self.plan, source, chosen)}) AS h, rowid AS i FROM {source.source}",
            )
            for side, source in zip(SIDES, frames, strict=True)
        ]
        rows = max(p.rows for p in self.whole)
        places(self.session, stored, None, rows * number // buckets.NUMBER)

    def _with_partners_values(self, frames: Sequence[Frame], chosen: Sequence[int]) -> tuple[int, int]:
        """Left rows with the right ones' other values; none at all where not every row has one partner."""
        everything = range(len(self.plan.columns))
        keep_side(self.session, self.plan, frames[0], "left", chosen)
        keep_side(self.session, self.plan, frames[1], "right", everything)
        wanted = ", ".join(f"{'l' if i in chosen else 'r'}.c{i}" for i in everything)
        same = all_of(f"l.c{i} IS NOT DISTINCT FROM r.c{i}" for i in self.key)
        self.session.keep(
            "merged", f"SELECT l.y, {wanted} FROM left_rows AS l JOIN right_rows AS r ON {same}"
        )
        left, right, both = self.session.row(
            "SELECT (SELECT count(*) FROM left_rows), (SELECT count(*) FROM right_rows), count(*) FROM merged"
        )
        if not left == right == both:
            return 0, 0
        self.session.keep("left_rows", "FROM merged")
        return int(left), int(right)

    def _explained(self) -> bool:
        """Whether the sides' fingerprints agree once the rows found are taken away."""
        names = tuple(identifier(f"c{i}") for i in range(len(self.plan.columns)))
        rest = []
        for side, print_ in zip(SIDES, self.whole, strict=True):
            source = Frame(f"{side}_rows", names, kept=True)
            found = self.session.row(
                f"SELECT count(*), sum(hash(h)) FROM {hashed(self.plan, source, self.key)}"
            )
            rest.append((print_.rows - int(found[0]), print_.strict - int(found[1] or 0)))
        return rest[0] == rest[1]
