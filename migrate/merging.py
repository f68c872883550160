"""Three versions of a file made one: generated before, generated now, and what a person made of the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Change = tuple[int, int, list[str], int]
"""First and last line (exclusive) of the base that are replaced, the new lines, and where these begin."""


@dataclass(frozen=True)
class Conflict:
    """Two changes that touch: the line in the edited file, and the line in the newly generated one."""

    edited: int
    generated: int


def merge(base: str, edited: str, generated: str) -> str | list[Conflict]:
    """The generated text with the edits in it, or the places where both changed the same lines."""
    lines = base.splitlines(keepends=True)
    mine = _changes(lines, edited.splitlines(keepends=True))
    theirs = _changes(lines, generated.splitlines(keepends=True))
    conflicts = [
        Conflict(a[3] + 1, b[3] + 1) for a in mine for b in theirs if a[:3] != b[:3] and _touch(a, b)
    ]
    if conflicts:
        return conflicts
    both = {(start, end, tuple(new)) for start, end, new, _ in [*mine, *theirs]}
    merged: list[str] = []
    place = 0
    for start, end, new in sorted(both):
        merged += [*lines[place:start], *new]
        place = end
    return "".join([*merged, *lines[place:]])


def _changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (i1, i2, list(after[j1:j2]), j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"
    ]


def _touch(one: Change, other: Change) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
