"""One file for each problem. The folder is the registry: a file that is here is a detector.

A module holds `PROBLEM`, and a docstring that says what it looks for and what it leaves alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from migrate.assess.finding import Finding, Problem, Weight

if TYPE_CHECKING:
    from migrate.assess.facts import Facts


@dataclass(frozen=True)
class Detector:
    """A problem with the name of its file and its docstring."""

    name: str
    about: str
    problem: Problem


@cache
def registry() -> tuple[Detector, ...]:
    """All detectors, by name."""
    found = []
    for item in sorted(iter_modules(__path__), key=lambda item: item.name):
        module = import_module(f"{__name__}.{item.name}")
        found.append(Detector(item.name, module.__doc__ or "", module.PROBLEM))
    return tuple(found)


def findings_of(facts: Facts, weights: Mapping[str, tuple[Weight, str]] | None = None) -> tuple[Finding, ...]:
    """Every problem that shows at least once.

    Args:
        facts: the project.
        weights: problems that somebody weighs otherwise, with the reason.
    """
    found = []
    for detector in registry():
        problem = detector.problem
        evidence = tuple(sorted(set(problem.find(facts))))
        if evidence:
            weight, reason = (weights or {}).get(detector.name, (problem.weight, ""))
            title = f"{problem.title}: {len(evidence)}"
            found.append(
                Finding(
                    detector.name,
                    problem.heading,
                    weight,
                    title,
                    problem.means,
                    problem.lifts,
                    evidence,
                    problem.hours,
                    reason,
                )
            )
    return tuple(found)
