"""What a selection has chosen, and how two of them become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Part(NamedTuple):
    """What dbt itself tells of a step when it runs: two texts in its syntax, both empty for all of it.

    `tests` is whether the tests come along that it selects.
    """

    step: str
    select: str = ""
    exclude: str = ""
    tests: bool = True


def tests_of(key: str) -> str:
    """What stands, among the identities of checks, for the tests that dbt has of one of its assets."""
    return f"dbt's tests|{key}"


@dataclass(frozen=True)
class Selected:
    """Asset keys, and identities of checks; `untold` says what could not be resolved, and why.

    `parts` are those of dbt steps that dbt itself tells when it runs.
    """

    keys: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()
    untold: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether every part could be told."""
        return not self.untold


def joined(how: str, left: Selected, right: Selected) -> Selected:
    """`left` "or", "and", "not" `right`; what dbt alone can tell of a part is untold in the last two."""
    untold = tuple(dict.fromkeys([*left.untold, *right.untold]))
    parts = tuple(dict.fromkeys([*left.parts, *right.parts]))
    if how == "or":
        return Selected(left.keys | right.keys, left.checks | right.checks, untold, parts)
    if parts:
        untold = (*untold, "which models a dbt step takes is for dbt to say")
    if how == "and":
        return Selected(left.keys & right.keys, left.checks & right.checks, untold)
    return Selected(left.keys - right.keys, left.checks - right.checks, untold)
