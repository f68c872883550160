"""What the move costs: constructs by disposition, module and phase, as a range of hours with its arithmetic.

No model is fitted: each line is a count times an assumption of migration.toml ([assess.effort]), so that
whoever knows the team can change the assumption and see what follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from migrate.assess.finding import Finding

if TYPE_CHECKING:
    from migrate.config import Phase
    from migrate.config_assess import Effort

DISPOSITIONS = ("converted", "adapted", "bridged", "manual", "undeployed", "dropped")
NATURES = {
    "mechanical": "mechanical: a machine does it, a person reads it",
    "judgement": "needs judgement: it runs, and a named difference must be accepted",
    "redesign": "needs redesign: a person writes it, the counterpart is known",
    "none": "has no counterpart: what it did must be given up or built",
}


@dataclass(frozen=True)
class Line:
    """One line of the arithmetic: so many, at so many hours each."""

    what: str
    count: int
    each: tuple[float, float]

    @property
    def hours(self) -> tuple[float, float]:
        """From and to."""
        return self.count * self.each[0], self.count * self.each[1]

    @property
    def said(self) -> str:
        """The arithmetic in words."""
        low, high = self.hours
        return f"{self.count} × {self.each[0]:g}–{self.each[1]:g} h = {low:.1f}–{high:.1f} h"


def lines_of(
    constructs: Sequence[Mapping[str, Any]], findings: Iterable[Finding], phases: int, effort: Effort
) -> tuple[Line, ...]:
    """The arithmetic of the whole move."""
    counts = Counter(str(c["disposition"]) for c in constructs)
    found = [
        Line(f"constructs {word}", counts[word], getattr(effort, word))
        for word in DISPOSITIONS
        if counts[word]
    ]
    factor = effort.problem_factor
    for finding in findings:
        if finding.weight != "note":
            each = finding.hours[0] * factor, finding.hours[1] * factor
            found.append(Line(f"places of {finding.name}", len(finding.evidence), each))
    found.append(Line("phases: dual run, differences explained, sign-off", phases, effort.phase))
    return tuple(found)


def total(lines: Iterable[Line]) -> tuple[float, float]:
    """From and to, in hours."""
    both = [line.hours for line in lines]
    return sum(low for low, _ in both), sum(high for _, high in both)


def nature(construct: Mapping[str, Any]) -> str:
    """What kind of work a construct is: a key of `NATURES`; empty for what is not moved."""
    word = construct["disposition"]
    if word in ("converted", "dropped"):
        return "mechanical"
    if word in ("adapted", "bridged"):
        return "judgement"
    if word == "manual":
        return "redesign" if construct["rule"] else "none"
    return ""


def by_module(constructs: Sequence[Mapping[str, Any]], effort: Effort) -> list[dict[str, Any]]:
    """One row a file: how many constructs of each disposition, and the hours."""
    files = dict.fromkeys(str(c["file"]) for c in constructs)
    return [_row("file", file, [c for c in constructs if c["file"] == file], effort) for file in files]


def by_phase(
    constructs: Sequence[Mapping[str, Any]],
    phases: Mapping[str, Phase],
    effort: Effort,
    groups: Mapping[str, str],
) -> list[dict[str, Any]]:
    """One row a phase: what its `assets` route for the first time, and the phase's own work."""
    left = [c for c in constructs if c["disposition"] != "undeployed"]
    found = []
    for number, phase in phases.items():
        mine = [c for c in left if _routed(str(c["key"]), phase.assets, groups)]
        left = [c for c in left if c not in mine]
        row = _row("phase", f"{number}: {phase.title}", mine, effort)
        own = Line("the phase itself", 1, effort.phase)
        row["hours"] = [round(row["hours"][0] + own.hours[0], 1), round(row["hours"][1] + own.hours[1], 1)]
        row["years"] = list(phase.years)
        found.append(row)
    return found


def _routed(key: str, words: Sequence[str], groups: Mapping[str, str]) -> bool:
    """Whether a phase takes a construct: by key, by group, or because it takes everything."""
    return any(w == "*" or (key and (fnmatchcase(key, w) or w == f"group:{groups.get(key)}")) for w in words)


def _row(name: str, value: str, constructs: Sequence[Mapping[str, Any]], effort: Effort) -> dict[str, Any]:
    counts = Counter(str(c["disposition"]) for c in constructs)
    lines = [Line(word, counts[word], getattr(effort, word)) for word in DISPOSITIONS]
    low, high = total(lines)
    return {
        name: value,
        "constructs": len(constructs),
        **{word: counts[word] for word in DISPOSITIONS if counts[word]},
        "hours": [round(low, 1), round(high, 1)],
    }


def natures(constructs: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """How many constructs are what kind of work, with some of each by name."""
    for name, said in NATURES.items():
        mine = [c for c in constructs if nature(c) == name]
        shown = [f"{c['kind']} {c['name']} ({c['file']}:{c['line']})" for c in mine]
        yield {"nature": name, "said": said, "count": len(mine), "constructs": shown}
