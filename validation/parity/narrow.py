"""Large tables that differ: the rows left over, with as little read again as can be.

A second pass stores a hash and the place of each row. Where the first one hinted that text and nested values
agree, it reads neither: the rows left over are found by the other columns, and the left ones take the
dear values of the right row with their key. That is a guess, and proven before it is used: what remains of
both sides' fingerprints without those rows must be one number. Else all columns are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.parity import buckets
from validation.parity.difference import keep_rows, keep_side, places
from validation.parity.fingerprint import Frame, hash_of, two_hashes
from validation.parity.session import SIDES
from validation.sql import all_of, identifier

if TYPE_CHECKING:
    from validation.parity.fingerprint import Plan, Print
    from validation.parity.session import Session


@dataclass(frozen=True)
class Narrow:
    """Two sides whose fingerprints `whole` differ."""

    session: Session
    plan: Plan
    frames: Sequence[Frame]
    key: Sequence[int]
    whole: tuple[Print, Print]
    buckets: int = 0
    """Into how many buckets rows are parted first, so that a hash is kept of few only; 0: of every row."""

    def keep_rows(self) -> tuple[int, int]:
        """Store the rows left over as `left_rows` and `right_rows`; gives their numbers."""
        one, two = self.whole
        heavy = self.plan.heavy(self.key)
        if heavy and one.heavy == two.heavy and one.rows == two.rows:
            self._find([i for i in self.plan.strict if i not in heavy])
            found = self._guessed(heavy)
            if found is not None:
                return found
        self._find(self.plan.strict)
        return keep_rows(self.session, self.plan, self.frames)

    def _find(self, chosen: Sequence[int]) -> None:
        few = self.buckets and self._part(chosen) < self.buckets * buckets.SPARSE
        stored = [
            self.session.keep(
                f"{side}_hashes", self._few(source, chosen) if few else self._all(source, chosen)
            )
            for side, source in zip(SIDES, self.frames, strict=True)
        ]
        places(self.session, stored, None, max(p.rows for p in self.whole))

    def _part(self, chosen: Sequence[int]) -> int:
        return buckets.differing(self.session, self.plan, self.frames, self._by, self.buckets, chosen)

    def _few(self, source: Frame, chosen: Sequence[int]) -> str:
        return buckets.suspected_hashes(self.plan, source, self._by, self.buckets, chosen)

    def _all(self, source: Frame, chosen: Sequence[int]) -> str:
        return f"SELECT hash({hash_of(self.plan, source, chosen)}) AS h, rowid AS i FROM {source.source}"

    @property
    def _by(self) -> Sequence[int]:
        return buckets.parted_by(self.plan, self.key)

    def _guessed(self, heavy: Sequence[int]) -> tuple[int, int] | None:
        """The rows found without the heavy columns, if they prove to explain everything."""
        rows = self._with_partners_values(heavy)
        if rows is None:
            rows = keep_rows(self.session, self.plan, self.frames)
        return rows if any(rows) and self._explained() else None

    def _with_partners_values(self, heavy: Sequence[int]) -> tuple[int, int] | None:
        """Left rows with the right ones' heavy values; None where not every row has one partner."""
        if not self.key:
            return None
        everything = range(len(self.plan.columns))
        keep_side(self.session, self.plan, self.frames[0], "left", [i for i in everything if i not in heavy])
        keep_side(self.session, self.plan, self.frames[1], "right", everything)
        wanted = ", ".join(f"{'r' if i in heavy else 'l'}.c{i}" for i in everything)
        same = all_of(f"l.c{i} IS NOT DISTINCT FROM r.c{i}" for i in self.key)
        self.session.keep(
            "merged", f"SELECT l.y, {wanted} FROM left_rows AS l JOIN right_rows AS r ON {same}"
        )
        left, right, both = self.session.row(
            "SELECT (SELECT count(*) FROM left_rows), (SELECT count(*) FROM right_rows), count(*) FROM merged"
        )
        if not left == right == both:
            return None
        self.session.keep("left_rows", "FROM merged")
        return int(left), int(right)

    def _explained(self) -> bool:
        """Whether the sides' fingerprints agree once the rows found are taken away."""
        names = tuple(identifier(f"c{i}") for i in range(len(self.plan.columns)))
        rest = []
        for side, print_ in zip(SIDES, self.whole, strict=True):
            source = Frame(f"{side}_rows", names, kept=True)
            found = self.session.row(
                "SELECT count(*), sum(hash(h)) FROM "
                f"(SELECT {two_hashes(self.plan, source, self.key)} FROM {source.source})"
            )
            rest.append((print_.rows - int(found[0]), print_.strict - int(found[1] or 0)))
        return rest[0] == rest[1]
