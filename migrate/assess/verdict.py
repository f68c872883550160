"""Go, go with conditions, hold, or fix Dagster first: by rules over the findings, the first that applies.

1. fix Dagster first: a finding weighs `fix first`.
2. hold: a file cannot be read, nothing is deployed, or the share of deployed constructs that only a person
   can move is at or above `hold_at`.
3. go with conditions: a finding weighs `condition`, or a construct needs a person.
4. go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.assess.finding import Finding

if TYPE_CHECKING:
    from migrate.config_assess import Assess

GO, CONDITIONS, HOLD, FIX = "go", "go with conditions", "hold", "fix Dagster first"


@dataclass(frozen=True)
class Condition:
    """What stands in the way, and what would lift it."""

    what: str
    lifts: str
    problem: str = ""


@dataclass(frozen=True)
class Verdict:
    """The word, the rule that gave it, and what it depends on. `computed` differs when it was overridden."""

    word: str
    rule: str
    conditions: tuple[Condition, ...]
    computed: str
    reason: str = ""


@dataclass(frozen=True)
class Counted:
    """What the rules count: deployed constructs, those that need a person, files that cannot be read."""

    deployed: int
    manual: int
    unread: int


def decide(findings: Sequence[Finding], counted: Counted, settings: Assess) -> Verdict:
    """The verdict of a project."""
    word, rule = _rule(findings, counted, settings)
    conditions = tuple(_conditions(findings, counted))
    override = settings.override
    if override and override.verdict != word:
        return Verdict(override.verdict, rule, conditions, word, override.reason)
    return Verdict(word, rule, conditions, word)


def _rule(findings: Sequence[Finding], counted: Counted, settings: Assess) -> tuple[str, str]:
    first = sum(f.weight == "fix first" for f in findings)
    if first:
        return FIX, f"rule 1: {first} findings hide whether the move worked"
    share = counted.manual / counted.deployed if counted.deployed else 1.0
    if counted.unread:
        return HOLD, f"rule 2: {counted.unread} files cannot be read"
    if not counted.deployed:
        return HOLD, "rule 2: nothing is deployed"
    if share >= settings.hold_at:
        return HOLD, f"rule 2: a person must move {share:.0%} of what is deployed"
    some = sum(f.weight == "condition" for f in findings)
    if some or counted.manual:
        return CONDITIONS, f"rule 3: {some} findings need an answer, {counted.manual} constructs a person"
    return GO, "rule 4: nothing found needs an answer before the move"


def _conditions(findings: Sequence[Finding], counted: Counted) -> Iterator[Condition]:
    order = {"fix first": 0, "condition": 1}
    for finding in sorted(findings, key=lambda f: (order.get(f.weight, 2), f.name)):
        if finding.weight in order:
            yield Condition(finding.title, finding.lifts, finding.name)
    if counted.unread:
        yield Condition(
            f"{counted.unread} files cannot be read",
            "They parse, or they are moved out of the project.",
            "unread",
        )
    if counted.manual:
        yield Condition(
            f"{counted.manual} deployed constructs need a person",
            "Each is rewritten where the target raises, or left to Dagster with `migrate convert --bridge`.",
            "manual",
        )
