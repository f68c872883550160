"""Which of two orchestrators an asset belongs to: patterns, and which of them wins.

Standard library only, and plain enough for Python 3.8: the legacy interpreter reads routes with it, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STATES = ("dagster", "shadow", "prefect", "retired")
"""In the order of a migration. `dagster`: Prefect does not run it. `shadow`: Prefect runs it beside, and
Dagster's output counts. `prefect`: Prefect's output counts. `retired`: Dagster does not run it any more."""
BY_PREFECT = ("prefect", "retired")
"""The states in which Prefect's output counts."""
GROUP = "group:"


@dataclass(frozen=True)
class Rule:
    """One line of `[routes]`: an asset key, `group:NAME` or a glob, and its state."""

    pattern: str
    state: str
    line: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """How specific it is: an asset before a group before a glob; more letters before fewer."""
        name = self.pattern[len(GROUP) :] if self.pattern.startswith(GROUP) else self.pattern
        letters = len([sign for sign in name if sign not in "*?[]"])
        if self.pattern.startswith(GROUP):
            return (2, letters)
        return (1 if is_glob(name) else 3, letters)

    def matches(self, key: str, group: str) -> bool:
        """Whether it speaks about an asset. `*` matches slashes, too."""
        if self.pattern.startswith(GROUP):
            return fnmatchcase(group, self.pattern[len(GROUP) :])
        return fnmatchcase(key, self.pattern) if is_glob(self.pattern) else key == self.pattern


class Conflict(ValueError):
    """Two patterns that are equally specific say different things about one asset."""

    def __init__(self, key: str, first: Rule, second: Rule) -> None:
        super().__init__(
            f'"{first.pattern}" says {first.state} for {key}, "{second.pattern}" (line {second.line}) says '
            f"{second.state}, and both are equally specific"
        )
        self.rule = first


def is_glob(pattern: str) -> bool:
    """Whether a pattern is more than a name."""
    return any(sign in pattern for sign in "*?[")


def deciding(rules: Iterable[Rule], key: str, group: str) -> Rule | None:
    """The rule that decides about an asset; None when none speaks about it (it is then `dagster`).

    Raises:
        Conflict: two rules are equally specific and differ.
    """
    found = sorted((rule for rule in rules if rule.matches(key, group)), key=lambda rule: rule.rank)
    if not found:
        return None
    best = found[-1]
    for other in found[:-1]:
        if other.rank == best.rank and other.state != best.state:
            raise Conflict(key, best, other)
    return best


def state_of(rules: Iterable[Rule], key: str, group: str) -> str:
    """The state of an asset; raises Conflict as `deciding` does."""
    rule = deciding(rules, key, group)
    return rule.state if rule else STATES[0]
