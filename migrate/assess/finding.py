"""What an assessment finds: a problem, where it shows, what it means, and what would lift it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from migrate.assess.facts import Facts

Heading = Literal["dbt", "dependencies", "errors", "performance", "complexity", "years", "operations"]
HEADINGS: dict[Heading, str] = {
    "dbt": "dbt orchestration",
    "dependencies": "Dependencies and visualisation",
    "errors": "Errors and observability",
    "performance": "Performance",
    "complexity": "Learning curve and complexity",
    "years": "Fit for multi-year simulation",
    "operations": "Operations",
}
Weight = Literal["fix first", "condition", "note"]
WEIGHTS: tuple[Weight, ...] = ("fix first", "condition", "note")


@dataclass(frozen=True, order=True)
class Evidence:
    """One place where a problem shows, and what is seen there. Line 0: the whole file."""

    file: str
    line: int
    said: str

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One kind of problem; the module it stands in names it, its docstring says what it looks for.

    Args:
        heading: the part of the assessment it belongs to.
        weight: `fix first` when it would be carried over and hides whether the move worked; `condition`
            when the move needs an answer to it; `note` when it is worth knowing.
        title: what is wrong; the number of places is added.
        means: what it means for a project that moves.
        lifts: what would lift it.
        find: the places.
        hours: what one place costs to mend, from and to.
    """

    heading: Heading
    weight: Weight
    title: str
    means: str
    lifts: str
    find: Callable[[Facts], Iterable[Evidence]]
    hours: tuple[float, float] = (0.5, 2.0)


@dataclass(frozen=True)
class Finding:
    """A problem that was found, with all its places; `reason` when somebody weighed it otherwise."""

    name: str
    heading: Heading
    weight: Weight
    title: str
    means: str
    lifts: str
    evidence: tuple[Evidence, ...]
    hours: tuple[float, float]
    reason: str = ""
